using System.Management.Automation;
using System.Xml.Linq;

namespace EgressNet.Module.Tests;

/// <summary>The cmdlets of a node, as the conventions have them.</summary>
public sealed class EgressTests
{
    private const string One = "New-ContainerEgress c1 $Ns 10.1.0.5/24, fd00:9::5/64 -Gateway 10.1.0.1, fd00:9::1";

    private static readonly XElement s_format =
        XElement.Load(Path.Combine(Repository.StagedModule, "EgressNet.Format.ps1xml"));

    [Fact, Trait("Convention", "18"), Trait("Convention", "40")]
    public void One_error_with_its_id_and_category()
    {
        using EgressNode node = new();
        Assert.Single(node.Run(One).Clean);
        string before = node.State;
        Assert.All(
            (string[])
            [
                "New-ContainerEgress c1 $Ns 10.1.0.9/24 -Gateway 10.1.0.1 | ContainerEgressAlreadyExists ResourceExists",
                "New-ContainerEgress c2 $Ns 10.1.0.9/24 -Gateway 10.1.0.1 | InterfaceAlreadyExists ResourceExists",
                "New-ContainerEgress a/b $Ns 10.1.0.9/24 -Gateway 10.1.0.1 | InvalidContainerId InvalidArgument",
                "New-ContainerEgress c2 $Ns 10.1.0.9/24 | InvalidGateway InvalidArgument",
                "New-ContainerEgress c2 $Ns 10.1.0.9/24 -Gateway 10.1.0.1 -NatAddress ::5 | InvalidNatAddress InvalidArgument",
                "New-ContainerEgress c2 egt-none 10.1.0.9/24 -Gateway 10.1.0.1 | NetNamespaceNotFound ObjectNotFound",
                "Get-ContainerEgress nope | ContainerEgressNotFound ObjectNotFound",
                "Test-ContainerEgress nope | ContainerEgressNotFound ObjectNotFound",
                "Repair-ContainerEgress nope | ContainerEgressNotFound ObjectNotFound",
                "Remove-ContainerEgress nope | ContainerEgressNotFound ObjectNotFound",
                "New-EgressNat 10.1.0.5 c2 | AddressInUse ResourceExists",
                "New-EgressNat 10.1.0.5 c1 | EgressNatAlreadyExists ResourceExists",
                "Get-EgressNat 10.9.9.9 | EgressNatNotFound ObjectNotFound",
                "Remove-EgressNat 10.9.9.9 | EgressNatNotFound ObjectNotFound",
            ],
            row =>
            {
                string[] parts = row.Split(" | ");
                string[] expected = parts[1].Split(' ');
                NodeOutcome outcome = node.Run(parts[0]);
                NodeError error = Assert.Single(outcome.Errors);
                Assert.Empty(outcome.Output);
                string cmdlet = parts[0].Split(' ')[0].Replace("-", "");
                Assert.Equal($"{expected[0]},EgressNet.Commands.{cmdlet}Command", error.Id);
                Assert.Equal(expected[1], error.Category);
                Assert.NotNull(error.TargetType);
                Assert.DoesNotContain("EgressNet.Commands", error.TargetType);
                Assert.Empty(node.Run($"{parts[0]} -ErrorAction Ignore").Errors);
                Assert.Empty(node.Run($"{parts[0]} -ErrorAction Stop; 'not reached'").Output);
            });
        Assert.Equal(before, node.State);
    }

    [Fact, Trait("Convention", "24")]
    public void A_wildcard_that_meets_nothing_is_silent()
    {
        using EgressNode node = new();
        Assert.All(
            (string[])
            [
                "Get-ContainerEgress q*", "Test-ContainerEgress q*", "Repair-ContainerEgress q*", "Remove-ContainerEgress q*",
                "Get-EgressNat 203.*", "Remove-EgressNat 203.*",
            ],
            command => Assert.Empty(node.Run(command).Clean));
    }

    [Fact, Trait("Convention", "4"), Trait("Convention", "5")]
    public void What_if_says_what_and_does_nothing()
    {
        using EgressNode node = new();
        Assert.Empty(node.Run($"$made = {One}").Clean);
        node.Container.Ip("link set eg0 mtu 1400");
        string before = node.State;
        Assert.All(
            (string[])
            [
                "New-ContainerEgress c2 $Ns 10.2.0.5/24 -Gateway 10.2.0.1 -Name eg2 | add NAT 10.2.0.5 masquerade (egress/c2/eg2)",
                "Remove-ContainerEgress * | \"Remove container egress\" on target \"egress/c1/eg0 (10.1.0.5/24, fd00:9::5/64) by ",
                "Repair-ContainerEgress $made | \"Repair container egress\" on target \"egress/c1/eg0: ContainerMtu of eg0: 1400, not 1500",
                "New-EgressNat 10.9.0.5 c9 | \"Add source NAT\" on target \"10.9.0.5 masquerade (egress/c9/eg0)\"",
                "Remove-EgressNat 10.* | \"Remove source NAT\" on target \"10.1.0.5 masquerade (egress/c1/eg0)\"",
                "New-EgressVeth eg5 $Ns -ContainerId c5 | \"Create veth pair\" on target \"eg5 in $Ns <-> veth",
            ],
            row =>
            {
                string[] parts = row.Split(" | ");
                NodeOutcome outcome = node.Run($"{parts[0].Replace("egress $made", "egress -InputObject $made", StringComparison.OrdinalIgnoreCase)} -WhatIf");
                Assert.Empty(outcome.Clean);
                Assert.All(outcome.Lines, line => Assert.StartsWith("What if: ", line));
                Assert.Single(outcome.Lines, line => line.Contains(parts[1].Replace("$Ns", node.Container.Name)));
                if (!parts[0].StartsWith("New-ContainerEgress"))
                {
                    Assert.Single(outcome.Lines);
                }
            });
        Assert.Equal(before, node.State);
    }

    [Theory, Trait("Convention", "6"), Trait("Convention", "20")]
    [InlineData("New-ContainerEgress c1 $Ns 10.1.0.5/24 -Gateway 10.1.0.1", "add route 10.1.0.5/32", "NewContainerEgress")]
    [InlineData("New-EgressNat 10.1.0.5 c1", "Add source NAT", "NewEgressNat")]
    public void Rehearsing_takes_no_rights_and_doing_says_which_are_missing(string command, string line, string cmdlet)
    {
        using LiveNamespace ns = new();
        Live.RequireTool("setpriv");
        Live.RequireTool("pwsh");
        CliWrap.Buffered.BufferedCommandResult Unprivileged(string text) => Tool.Try(
            "setpriv", "--bounding-set=-all", "--inh-caps=-all", "--", "pwsh", "-NoProfile", "-Command",
            $"Import-Module '{Hosted.Manifest}'; {text.Replace("$Ns", ns.Name)}");
        CliWrap.Buffered.BufferedCommandResult rehearsed = Unprivileged($"{command} -WhatIf");
        Assert.Contains("What if", rehearsed.StandardOutput);
        Assert.Contains(line, rehearsed.StandardOutput);
        Assert.Equal((0, ""), (rehearsed.ExitCode, rehearsed.StandardError));
        Assert.Equal(
            $"NetAdminRequired,EgressNet.Commands.{cmdlet}Command",
            Unprivileged($"try {{ {command} -EA Stop }} catch {{ $_.FullyQualifiedErrorId }}").StandardOutput.Trim());
        Assert.DoesNotContain("eg0", ns.Ip("link show"));
    }

    [Fact]
    public void What_is_emitted_is_taken()
    {
        using EgressNode node = new();
        string made = Assert.Single(node.Run($"$made = {One} -ExcludePrefix 10.0.0.0/8 -Isolate; {Serialized("$made")}").Clean);
        foreach (string step in (string[])
            [
                "Get-ContainerEgress | Get-ContainerEgress", "Get-ContainerEgress | Test-ContainerEgress",
                "Get-ContainerEgress | Get-EgressNat", "Get-ContainerEgress | Get-EgressVeth",
                "Get-ContainerEgress | Get-NetRoute", "Get-ContainerEgress | Get-NetIPAddress",
                "Get-EgressNat | Get-EgressNat", "Get-EgressNat | Get-ContainerEgress",
            ])
        {
            Assert.True(node.Run(step).Clean.Length > 0, step);
        }

        Assert.Equal(made, Assert.Single(node.Run(Serialized("(Get-ContainerEgress)")).Clean));
        node.Container.Ip("link set eg0 mtu 1400");
        Assert.Empty(node.Run("Test-ContainerEgress | Repair-ContainerEgress").Clean);
        Assert.Equal(["True"], node.Run("(Get-ContainerEgress | Test-ContainerEgress).InDesiredState").Clean);
        Assert.Equal(["egress/c1/eg0"], node.Run("Get-ContainerEgress | Remove-ContainerEgress -PassThru").Clean);
        Assert.Empty(node.Run("Get-ContainerEgress; Get-EgressNat").Clean);
    }

    [Fact, Trait("Convention", "30"), Trait("Convention", "41"), Trait("Convention", "3")]
    public void Objects_have_their_columns_and_come_back_from_a_job_with_them()
    {
        using EgressNode node = new();
        Assert.Empty(node.Run(
            $"$all = @({One}; Get-EgressNat; $null = ip -n $Ns link set eg0 mtu 1300; $test = Test-ContainerEgress; $test; $test.Findings)").Clean);
        string[] types = node.Run("$all | ForEach-Object { $_.GetType().FullName }").Clean;
        string[] texts = node.Run($"$all | ForEach-Object {{ {Serialized("$_")} }}").Clean;
        Assert.Equal(
            ["ContainerEgress", "ContainerEgressTest", "EgressDifference", "EgressNat"],
            types.Select(type => type.Split('.')[^1]).Distinct().Order());
        for (int i = 0; i < types.Length; i++)
        {
            PSObject back = (PSObject)PSSerializer.Deserialize(texts[i]);
            Assert.Equal($"Deserialized.{types[i]}", back.TypeNames[0]);
            Assert.Equal(Assert.Single(node.Run($"\"$($all[{i}])\"").Clean), back.ToString());
            string[] columns = [.. ColumnsOf(types[i])];
            Assert.NotEmpty(columns);
            Assert.Equal(
                node.Run(string.Join("; ", columns.Select(column => $"\"$($all[{i}].{column})\""))).Clean,
                columns.Select(column => TextOf(back.Properties[column].Value)));
        }

        foreach (string command in (string[])["Get-ContainerEgress", "Test-ContainerEgress", "Get-EgressNat"])
        {
            string declared = Assert.Single(node.Run($"(Get-Command {command}).OutputType.Name").Clean);
            Assert.All(node.Run($"{command} | ForEach-Object {{ $_.GetType().FullName }}").Clean, type => Assert.Equal(declared, type));
        }
    }

    [Fact, Trait("Convention", "25")]
    public void Ids_are_offered()
    {
        using EgressNode node = new();
        Assert.Single(node.Run(One).Clean);
        Assert.All(
            (string[])
            [
                "Get-ContainerEgress c", "Test-ContainerEgress c", "Repair-ContainerEgress c", "Remove-ContainerEgress c",
                "Get-EgressNat -ContainerId c",
            ],
            typed =>
            {
                string match = Assert.Single(node.Run(
                    $"[System.Management.Automation.CommandCompletion]::CompleteInput('{typed}', {typed.Length}, $null).CompletionMatches |" +
                    " ForEach-Object { \"$($_.CompletionText) $($_.ToolTip)\" }").Clean);
                Assert.StartsWith("c1 egress/c1/eg0 ", match);
            });
    }

    private static string Serialized(string expression) =>
        $"[System.Management.Automation.PSSerializer]::Serialize({expression})";

    private static string TextOf(object? value) =>
        value is PSObject { BaseObject: System.Collections.IEnumerable and not string and var items }
            ? string.Join(' ', items.Cast<object>())
            : $"{value}";

    private static IEnumerable<string> ColumnsOf(string type) => s_format.Descendants("View")
        .Where(view => view.Descendants("TypeName").Any(name => name.Value == type))
        .Descendants("PropertyName")
        .Select(name => name.Value);
}
