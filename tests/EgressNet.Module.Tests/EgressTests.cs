using System.Management.Automation;
using System.Xml.Linq;

namespace EgressNet.Module.Tests;

/// <summary>The cmdlets of a node, as the conventions have them.</summary>
public sealed class EgressTests
{
    private const string One = "New-ContainerEgress c1 $Ns 10.1.0.5/24, fd00:9::5/64 -Gateway 10.1.0.1, fd00:9::1";

    private static readonly XElement s_format =
        XElement.Load(Path.Combine(Repository.StagedModule, "EgressNet.Format.ps1xml"));

    [Theory, Trait("Convention", "18"), Trait("Convention", "40")]
    [InlineData("New-ContainerEgress c1 $Ns 10.1.0.9/24 -Gateway 10.1.0.1", "ContainerEgressAlreadyExists", "NewContainerEgress", ErrorCategory.ResourceExists)]
    [InlineData("New-ContainerEgress c2 $Ns 10.1.0.9/24 -Gateway 10.1.0.1", "InterfaceAlreadyExists", "NewContainerEgress", ErrorCategory.ResourceExists)]
    [InlineData("New-ContainerEgress a/b $Ns 10.1.0.9/24 -Gateway 10.1.0.1", "InvalidContainerId", "NewContainerEgress", ErrorCategory.InvalidArgument)]
    [InlineData("New-ContainerEgress c2 $Ns 10.1.0.9/24", "InvalidGateway", "NewContainerEgress", ErrorCategory.InvalidArgument)]
    [InlineData("New-ContainerEgress c2 $Ns 10.1.0.9/24 -Gateway 10.1.0.1 -NatAddress ::5", "InvalidNatAddress", "NewContainerEgress", ErrorCategory.InvalidArgument)]
    [InlineData("New-ContainerEgress c2 egt-none 10.1.0.9/24 -Gateway 10.1.0.1", "NetNamespaceNotFound", "NewContainerEgress", ErrorCategory.ObjectNotFound)]
    [InlineData("Get-ContainerEgress nope", "ContainerEgressNotFound", "GetContainerEgress", ErrorCategory.ObjectNotFound)]
    [InlineData("Test-ContainerEgress nope", "ContainerEgressNotFound", "TestContainerEgress", ErrorCategory.ObjectNotFound)]
    [InlineData("Repair-ContainerEgress nope", "ContainerEgressNotFound", "RepairContainerEgress", ErrorCategory.ObjectNotFound)]
    [InlineData("Remove-ContainerEgress nope", "ContainerEgressNotFound", "RemoveContainerEgress", ErrorCategory.ObjectNotFound)]
    [InlineData("New-EgressNat 10.1.0.5 c2", "AddressInUse", "NewEgressNat", ErrorCategory.ResourceExists)]
    [InlineData("New-EgressNat 10.1.0.5 c1", "EgressNatAlreadyExists", "NewEgressNat", ErrorCategory.ResourceExists)]
    [InlineData("Get-EgressNat 10.9.9.9", "EgressNatNotFound", "GetEgressNat", ErrorCategory.ObjectNotFound)]
    [InlineData("Remove-EgressNat 10.9.9.9", "EgressNatNotFound", "RemoveEgressNat", ErrorCategory.ObjectNotFound)]
    public void One_error_with_its_id_and_category(string command, string id, string cmdlet, ErrorCategory category)
    {
        using EgressNode node = new();
        node.Inside(hosted =>
        {
            Assert.Single(node.Run(hosted, One).Clean);
            string before = node.State;
            Outcome outcome = node.Run(hosted, command);
            ErrorRecord error = Assert.Single(outcome.Errors);
            Assert.Empty(outcome.Output);
            Assert.Equal($"{id},EgressNet.Commands.{cmdlet}Command", error.FullyQualifiedErrorId);
            Assert.Equal(category, error.CategoryInfo.Category);
            Assert.NotNull(error.TargetObject);
            Assert.IsNotAssignableFrom<Cmdlet>(error.TargetObject is PSObject wrapped ? wrapped.BaseObject : error.TargetObject);

            Assert.Empty(node.Run(hosted, $"{command} -ErrorAction Ignore").Errors);
            Assert.Throws<ActionPreferenceStopException>(() => node.Run(hosted, $"{command} -ErrorAction Stop"));
            Assert.Equal(before, node.State);
        });
    }

    [Theory, Trait("Convention", "24")]
    [InlineData("Get-ContainerEgress q*")]
    [InlineData("Test-ContainerEgress q*")]
    [InlineData("Repair-ContainerEgress q*")]
    [InlineData("Remove-ContainerEgress q*")]
    [InlineData("Get-EgressNat 203.*")]
    [InlineData("Remove-EgressNat 203.*")]
    public void A_wildcard_that_meets_nothing_is_silent(string command)
    {
        using EgressNode node = new();
        Assert.Empty(node.Run(command).Clean);
    }

    [Theory, Trait("Convention", "4"), Trait("Convention", "5")]
    [InlineData("New-ContainerEgress c2 $Ns 10.2.0.5/24 -Gateway 10.2.0.1 -Name eg2", 13, "add NAT 10.2.0.5 masquerade (egress/c2/eg2)")]
    [InlineData("Remove-ContainerEgress *", 1, "\"Remove container egress\" on target \"egress/c1/eg0 (10.1.0.5/24, fd00:9::5/64) by ")]
    [InlineData("$made | Repair-ContainerEgress", 1, "\"Repair container egress\" on target \"egress/c1/eg0: ContainerMtu of eg0: 1400, not 1500")]
    [InlineData("New-EgressNat 10.9.0.5 c9", 1, "\"Add source NAT\" on target \"10.9.0.5 masquerade (egress/c9/eg0)\"")]
    [InlineData("Remove-EgressNat 10.*", 1, "\"Remove source NAT\" on target \"10.1.0.5 masquerade (egress/c1/eg0)\"")]
    [InlineData("New-EgressVeth eg5 $Ns -ContainerId c5", 1, "\"Create veth pair\" on target \"eg5 in $Ns <-> veth")]
    public void What_if_says_what_and_does_nothing(string command, int lines, string expected)
    {
        using EgressNode node = new();
        node.Inside(hosted =>
        {
            Assert.Empty(node.Run(hosted, $"$global:made = {One}").Clean);
            node.Container.Ip("link set eg0 mtu 1400");
            string before = node.State;
            Outcome outcome = node.Run(hosted, $"{command} -WhatIf");
            Assert.Empty(outcome.Clean);
            Assert.Equal(lines, outcome.HostLines.Length);
            Assert.Contains(outcome.HostLines, line => line.Contains(expected.Replace("$Ns", node.Container.Name)));
            Assert.Equal(before, node.State);
        });
    }

    [Theory, Trait("Convention", "6"), Trait("Convention", "20")]
    [InlineData("New-ContainerEgress c1 $Ns 10.1.0.5/24 -Gateway 10.1.0.1", "add route 10.1.0.5/32", "NewContainerEgress")]
    [InlineData("New-EgressNat 10.1.0.5 c1", "Add source NAT", "NewEgressNat")]
    public void Rehearsing_takes_no_rights_and_doing_says_which_are_missing(string command, string line, string cmdlet)
    {
        using LiveNamespace ns = new();
        Live.RequireTool("setpriv");
        string shell = Repository.File("artifacts", "bin", "EgressNet.Shell", "debug", "EgressNet.Shell.dll");
        if (!File.Exists(shell) || Environment.UserName != "root")
        {
            Assert.Skip("This takes the built shell and root to give rights away.");
        }

        CliWrap.Buffered.BufferedCommandResult Unprivileged(string text) => Tool.Try(
            "setpriv", "--bounding-set=-all", "--inh-caps=-all", "--", "dotnet", shell, "-Command", text.Replace("$Ns", ns.Name));
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
        node.Inside(hosted =>
        {
            PSObject made = Assert.Single(node.Run(hosted, $"{One} -ExcludePrefix 10.0.0.0/8 -Isolate").Clean);
            foreach (string step in (string[])
                [
                    "Get-ContainerEgress | Get-ContainerEgress", "Get-ContainerEgress | Test-ContainerEgress",
                    "Get-ContainerEgress | Get-EgressNat", "Get-ContainerEgress | Get-EgressVeth",
                    "Get-ContainerEgress | Get-NetRoute", "Get-ContainerEgress | Get-NetIPAddress",
                    "Get-EgressNat | Get-EgressNat", "Get-EgressNat | Get-ContainerEgress",
                ])
            {
                Assert.True(node.Run(hosted, step).Clean.Length > 0, step);
            }

            PSObject found = Assert.Single(node.Run(hosted, "Get-ContainerEgress").Clean);
            Assert.Equal(PSSerializer.Serialize(made), PSSerializer.Serialize(found));
            node.Container.Ip("link set eg0 mtu 1400");
            Assert.Empty(node.Run(hosted, "Test-ContainerEgress | Repair-ContainerEgress").Clean);
            Assert.Equal("True", node.Run(hosted, "(Get-ContainerEgress | Test-ContainerEgress).InDesiredState").Clean[0].ToString());
            Assert.Equal("egress/c1/eg0", node.Run(hosted, "Get-ContainerEgress | Remove-ContainerEgress -PassThru").Clean[0].ToString());
            Assert.Empty(node.Run(hosted, "Get-ContainerEgress; Get-EgressNat").Clean);
        });
    }

    [Fact, Trait("Convention", "30"), Trait("Convention", "41"), Trait("Convention", "3")]
    public void Objects_have_their_columns_and_come_back_from_a_job_with_them()
    {
        using EgressNode node = new();
        node.Inside(hosted =>
        {
            PSObject[] objects = node.Run(hosted, $"{One} -Mtu 1400 -NatAddress 127.0.0.9 -WarningAction Ignore -ErrorAction Ignore; {One}; Get-EgressNat; " +
                "ip -n $Ns link set eg0 mtu 1300; $test = Test-ContainerEgress; $test; $test.Findings").Clean;
            Assert.Equal(
                ["ContainerEgress", "ContainerEgressTest", "EgressDifference", "EgressNat"],
                objects.Select(each => each.BaseObject.GetType().Name).Distinct().Order());
            Assert.All(objects, each =>
            {
                PSObject back = (PSObject)PSSerializer.Deserialize(PSSerializer.Serialize(each));
                string type = each.BaseObject.GetType().FullName!;
                Assert.Equal($"Deserialized.{type}", back.TypeNames[0]);
                Assert.Equal(each.ToString(), back.ToString());
                Assert.NotEmpty(ColumnsOf(type));
                Assert.All(ColumnsOf(type), column => Assert.Equal(
                    TextOf(each.Properties[column].Value), TextOf(back.Properties[column]?.Value)));
            });
            foreach (string command in (string[])["Get-ContainerEgress", "Test-ContainerEgress", "Get-EgressNat"])
            {
                string declared = node.Run(hosted, $"(Get-Command {command}).OutputType.Name").Clean[0].ToString();
                Assert.All(node.Run(hosted, command).Clean, each => Assert.Equal(declared, each.BaseObject.GetType().FullName));
            }
        });
    }

    [Fact, Trait("Convention", "25")]
    public void Ids_are_offered()
    {
        using EgressNode node = new();
        node.Inside(hosted =>
        {
            Assert.Single(node.Run(hosted, One).Clean);
            foreach (string cmdlet in (string[])
                ["Get-ContainerEgress ", "Test-ContainerEgress ", "Repair-ContainerEgress ", "Remove-ContainerEgress ", "Get-EgressNat -ContainerId "])
            {
                using PowerShell shell = hosted.Shell();
                string typed = $"{cmdlet}c";
                CommandCompletion completion = CommandCompletion.CompleteInput(typed, typed.Length, null, shell);
                CompletionResult match = Assert.Single(completion.CompletionMatches);
                Assert.Equal("c1", match.CompletionText);
                Assert.Contains("egress/c1/eg0", match.ToolTip);
                Assert.Empty(shell.Streams.Error);
            }
        });
    }

    private static string TextOf(object? value) =>
        value is PSObject { BaseObject: System.Collections.IEnumerable and not string and var items }
            ? string.Join(' ', items.Cast<object>())
            : value is Array array ? string.Join(' ', array.Cast<object>()) : $"{value}";

    private static IEnumerable<string> ColumnsOf(string type) => s_format.Descendants("View")
        .Where(view => view.Descendants("TypeName").Any(name => name.Value == type))
        .Descendants("PropertyName")
        .Select(name => name.Value);
}
