using System.Management.Automation;

namespace EgressNet.Module.Tests;

public sealed class ErrorTests
{
    [Theory, Trait("Convention", "18"), Trait("Convention", "40")]
    [InlineData("New-NetRoute 198.51.100.0/24 -NextHop 192.0.2.1 -NetNamespace $Ns", "RouteAlreadyExists,EgressNet.Commands.NewNetRouteCommand", ErrorCategory.ResourceExists)]
    [InlineData("Remove-NetRoute 203.0.113.0/24 -NetNamespace $Ns", "RouteNotFound,EgressNet.Commands.RemoveNetRouteCommand", ErrorCategory.ObjectNotFound)]
    [InlineData("Get-NetRoute 203.0.113.0/24 -NetNamespace $Ns", "RouteNotFound,EgressNet.Commands.GetNetRouteCommand", ErrorCategory.ObjectNotFound)]
    [InlineData("New-NetIPAddress 192.0.2.5/24 -InterfaceAlias v0 -NetNamespace $Ns", "AddressAlreadyExists,EgressNet.Commands.NewNetIPAddressCommand", ErrorCategory.ResourceExists)]
    [InlineData("Remove-NetIPAddress 192.0.2.9 -NetNamespace $Ns", "AddressNotFound,EgressNet.Commands.RemoveNetIPAddressCommand", ErrorCategory.ObjectNotFound)]
    [InlineData("Get-NetAdapter v7 -NetNamespace $Ns", "InterfaceNotFound,EgressNet.Commands.GetNetAdapterCommand", ErrorCategory.ObjectNotFound)]
    [InlineData("New-NetNamespace $Ns", "NetNamespaceAlreadyExists,EgressNet.Commands.NewNetNamespaceCommand", ErrorCategory.ResourceExists)]
    [InlineData("Remove-NetNamespace egt-none", "NetNamespaceNotFound,EgressNet.Commands.RemoveNetNamespaceCommand", ErrorCategory.ObjectNotFound)]
    [InlineData("Get-NetRoute -NetNamespace egt-none", "NetNamespaceNotFound,EgressNet.Commands.GetNetRouteCommand", ErrorCategory.ObjectNotFound)]
    [InlineData("Get-NetRoute -NetNamespace /etc/hostname", "NotANetNamespace,EgressNet.Commands.GetNetRouteCommand", ErrorCategory.InvalidArgument)]
    [InlineData("New-EgressVeth v0 $Ns", "InterfaceAlreadyExists,EgressNet.Commands.NewEgressVethCommand", ErrorCategory.ResourceExists)]
    [InlineData("Remove-EgressVeth v7 $Ns", "VethNotFound,EgressNet.Commands.RemoveEgressVethCommand", ErrorCategory.ObjectNotFound)]
    public void One_error_with_its_id_and_category(string command, string id, ErrorCategory category)
    {
        using Container container = new();
        using Hosted hosted = new();
        Outcome outcome = hosted.Run($"param($Ns) {command}", new { Ns = container.Name });
        ErrorRecord error = Assert.Single(outcome.Errors);
        Assert.Empty(outcome.Output);
        Assert.Equal(id, error.FullyQualifiedErrorId);
        Assert.Equal(category, error.CategoryInfo.Category);
        Assert.NotNull(error.TargetObject);
        Assert.IsNotAssignableFrom<Cmdlet>(error.TargetObject is PSObject wrapped ? wrapped.BaseObject : error.TargetObject);

        Assert.Empty(hosted.Run($"param($Ns) {command} -ErrorAction Ignore", new { Ns = container.Name }).Errors);
        Assert.Throws<ActionPreferenceStopException>(
            () => hosted.Run($"param($Ns) {command} -ErrorAction Stop", new { Ns = container.Name }));
    }

    [Theory, Trait("Convention", "24")]
    [InlineData("Get-NetRoute 203.0.113.* -NetNamespace $Ns")]
    [InlineData("Get-NetIPAddress 203.* -NetNamespace $Ns")]
    [InlineData("Get-NetAdapter V* -NetNamespace $Ns")]
    [InlineData("Get-NetNamespace egt-none*")]
    [InlineData("Get-EgressVeth q* -NetNamespace $Ns")]
    [InlineData("Remove-NetRoute 203.0.113.* -NetNamespace $Ns")]
    [InlineData("Remove-NetIPAddress 203.* -NetNamespace $Ns")]
    [InlineData("Remove-NetNamespace egt-none*")]
    [InlineData("Remove-EgressVeth q* $Ns")]
    public void A_wildcard_that_meets_nothing_is_silent(string command)
    {
        using Container container = new();
        using Hosted hosted = new();
        Assert.Empty(hosted.Run($"param($Ns) {command}", new { Ns = container.Name }).Clean);
    }

    [Fact, Trait("Convention", "17")]
    public void A_bad_item_does_not_hold_up_the_good_ones()
    {
        using Container container = new();
        using Hosted hosted = new();
        Outcome outcome = hosted.Run(
            """
            param($Ns)
            '10.1.0.0/16', '192.0.2.0/24', '10.2.0.0/16' |
                ForEach-Object { [pscustomobject]@{ DestinationPrefix = $_ } } |
                New-NetRoute -InterfaceAlias v0 -NetNamespace $Ns -Scope Link
            """,
            new { Ns = container.Name });
        Assert.Equal(["10.1.0.0/16", "192.0.2.0/24", "10.2.0.0/16"],
            outcome.Output.Select(route => route.ToString())
                .Concat(outcome.Errors.Select(error => error.TargetObject.ToString()!))
                .OrderBy(text => text.IndexOf("10.2", StringComparison.Ordinal) >= 0 ? 2 : text.StartsWith("192") ? 1 : 0));
        Assert.Single(outcome.Errors);
    }

    [Fact, Trait("Convention", "17")]
    public void Of_an_attachment_with_a_bad_address_nothing_is_made()
    {
        using Container container = new();
        using Hosted hosted = new();
        Outcome outcome = hosted.Run(
            """
            param($Ns)
            [pscustomobject]@{ IPAddress = '10.1.2.3/24'; Gateway = '10.1.2.1' },
            [pscustomobject]@{ IPAddress = 'fd01::3/64'; Gateway = '10.1.2.1' } |
                New-ContainerEgress -ContainerId egt-bad -NetNamespace $Ns -WhatIf
            """,
            new { Ns = container.Name });
        Assert.StartsWith("InvalidGateway,", Assert.Single(outcome.Errors).FullyQualifiedErrorId);
        Assert.Empty(outcome.HostLines);
    }

    [Fact, Trait("Convention", "20")]
    public void Reading_takes_no_rights_and_writing_says_which_are_missing()
    {
        Live.Require();
        Live.RequireTool("setpriv");
        Live.RequireTool("pwsh");
        CliWrap.Buffered.BufferedCommandResult read = Unprivileged("(Get-NetAdapter lo).Name");
        Assert.Equal("lo", read.StandardOutput.Trim());
        CliWrap.Buffered.BufferedCommandResult write = Unprivileged(
            "try { New-NetRoute 203.0.113.0/24 -InterfaceAlias lo -EA Stop } catch { $_.FullyQualifiedErrorId }");
        Assert.Equal("NetAdminRequired,EgressNet.Commands.NewNetRouteCommand", write.StandardOutput.Trim());
        CliWrap.Buffered.BufferedCommandResult rehearsed = Unprivileged(
            "New-NetRoute 203.0.113.0/24 -InterfaceAlias lo -WhatIf");
        Assert.Contains("What if", rehearsed.StandardOutput);
        Assert.Equal(0, rehearsed.ExitCode);
    }

    private static CliWrap.Buffered.BufferedCommandResult Unprivileged(string text) => Tool.Try(
        "setpriv", "--bounding-set=-all", "--inh-caps=-all", "--", "pwsh", "-NoProfile", "-Command",
        $"Import-Module '{Hosted.Manifest}'; {text}");
}
