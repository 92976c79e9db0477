using System.Management.Automation;

namespace EgressNet.Module.Tests;

/// <summary>A namespace is deleted and made again by its name, while somebody holds an object of the first.</summary>
public sealed class NamespaceIdentityTests
{
    public static TheoryData<string, string> Changes => new()
    {
        { "Get-NetRoute 198.51.100.0/24 -NetNamespace $ns", "Remove-NetRoute" },
        { "Get-NetRoute 198.51.100.0/24 -NetNamespace $ns", "Set-NetRoute -RouteMetric 7" },
        { "Get-NetRoute 198.51.100.0/24 -NetNamespace $ns", "New-NetRoute -Force" },
        { "Get-NetIPAddress 192.0.2.5 -NetNamespace $ns", "Remove-NetIPAddress" },
        { "Get-NetIPAddress 192.0.2.5 -NetNamespace $ns", "New-NetIPAddress -Force" },
        { "Get-NetIPAddress 192.0.2.5 -NetNamespace $ns", "Set-PointToPointGateway 192.0.2.1" },
        { "Get-NetAdapter lo -NetNamespace $ns", "New-NetIPAddress 192.0.2.9/24" },
        { "Get-NetAdapter lo -NetNamespace $ns", "New-NetRoute 203.0.113.0/24" },
        { "Get-NetAdapter lo -NetNamespace $ns", "New-EgressVeth eg0 -HostInterface $ns" },
        { "Get-NetNamespace $ns", "New-EgressVeth eg0 -HostInterface $ns" },
        { "Get-NetNamespace $ns", "New-NetRoute 203.0.113.0/24 -InterfaceAlias lo" },
        { "Get-NetNamespace $ns", "Remove-NetNamespace" },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void What_was_made_anew_is_not_touched(string read, string change) => Refused(
        $"param($ns, $remake) $old = {read}; $remake.Invoke(); $old | {change} -Confirm:$false", duringPrompt: false);

    [Theory]
    [MemberData(nameof(Changes))]
    public void What_was_made_anew_while_the_prompt_stood_is_not_touched(string read, string change) => Refused(
        $"param($ns, $remake) $old = {read}; $old | {change} -Confirm", duringPrompt: true);

    [Theory]
    [InlineData("Get-NetRoute 198.51.100.0/24 -NetNamespace $ns", "Remove-NetRoute -InputObject $old")]
    [InlineData("Get-NetRoute 198.51.100.0/24 -NetNamespace $ns", "Set-NetRoute -InputObject $old -Mtu 1400")]
    [InlineData("Get-NetIPAddress 192.0.2.5 -NetNamespace $ns", "Remove-NetIPAddress -InputObject $old")]
    [InlineData("Get-NetIPAddress 192.0.2.5 -NetNamespace $ns", "New-NetIPAddress -InputObject $old")]
    [InlineData("Get-NetNamespace $ns", "New-EgressVeth eg0 -NetNamespace $old -HostInterface $ns")]
    [InlineData("Get-NetNamespace $ns", "Get-NetRoute -NetNamespace $old")]
    [InlineData("Get-NetAdapter lo -NetNamespace $ns", "Get-NetRoute -NetNamespace $old.NetNamespace")]
    public void What_was_made_anew_is_not_touched_by_an_argument(string read, string change) =>
        Refused($"param($ns, $remake) $old = {read}; $remake.Invoke(); {change}", duringPrompt: false);

    [Fact]
    public void A_name_that_is_typed_means_what_has_it_now()
    {
        using Container container = new();
        using Hosted hosted = new();
        const string script = """
            param($ns, $remake)
            $old = Get-NetIPAddress 192.0.2.5 -NetNamespace $ns
            $remake.Invoke()
            (Get-NetAdapter -NetNamespace $ns).Name
            (Get-NetAdapter -NetNamespace "$($old.NetNamespace)").Name
            $old | New-NetIPAddress -NetNamespace $ns -ErrorAction SilentlyContinue -ErrorVariable missing
            $missing[0].FullyQualifiedErrorId.Split(',')[0]
            """;
        PSObject[] output = hosted.Run(script, new { ns = container.Name, remake = (Action)container.Ns.Remake }).Output;
        Assert.Equal(["lo", "lo", "InterfaceNotFound"], output.Select(each => $"{each}"));
    }

    private static void Refused(string script, bool duringPrompt)
    {
        using Container container = new();
        using Hosted hosted = new();
        string remade = "";
        void Remake()
        {
            container.Ns.Remake();
            remade = container.State;
        }

        hosted.Host.Asked = Remake;
        Outcome outcome = hosted.Run(script, new { ns = container.Name, remake = (Action)Remake });

        ErrorRecord error = Assert.Single(outcome.Errors);
        Assert.Equal("NetNamespaceChanged", error.FullyQualifiedErrorId.Split(',')[0]);
        Assert.Equal(ErrorCategory.ResourceUnavailable, error.CategoryInfo.Category);
        Assert.Contains(container.Name, error.Exception.Message);
        Assert.Empty(outcome.Output);
        Assert.Equal(remade, container.State);
        Assert.Equal(duringPrompt, script.EndsWith("-Confirm", StringComparison.Ordinal));
    }
}
