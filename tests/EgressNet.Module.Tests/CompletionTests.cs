using System.Management.Automation;

namespace EgressNet.Module.Tests;

[Trait("Convention", "25")]
public sealed class CompletionTests
{
    [Fact]
    public void Interfaces_of_the_namespace_typed_so_far_are_offered()
    {
        using Container container = new();
        Assert.Equal(["v0", "v1"], Complete($"Get-NetRoute -NetNamespace {container.Name} -InterfaceAlias v").Order());
        Assert.Equal(["v0", "v1"], Complete($"Get-NetRoute -NetNS {container.Name} -ifAlias v").Order());
        Assert.Equal(["lo"], Complete($"Get-NetAdapter -Sandbox {container.Ns.Path} -Name l"));
    }

    [Fact]
    public void Interfaces_of_the_caller_s_namespace_are_offered_otherwise() =>
        Assert.Contains("lo", Complete("Get-NetRoute -InterfaceAlias "));

    [Fact]
    public void Names_that_need_quotes_get_them()
    {
        using Container container = new();
        container.Ns.Ip("link add d'x@y type veth peer name p1");
        Assert.Equal(["'d''x@y'"], Complete($"Get-NetRoute -NetNamespace {container.Name} -InterfaceAlias d"));
    }

    [Fact]
    public void Namespaces_are_offered()
    {
        using LiveNamespace ns = new();
        Assert.Equal([ns.Name], Complete($"Get-NetRoute -NetNamespace {ns.Name[..^1]}"));
        Assert.Equal([ns.Name], Complete($"Get-NetNamespace {ns.Name[..^1]}"));
    }

    [Theory]
    [InlineData("Get-NetRoute -RouteTable m", "main")]
    [InlineData("Get-NetRoute -RouteTable L", "local")]
    [InlineData("Get-NetRoute -RouteTable al", "all")]
    public void Tables_are_offered(string typed, string expected) => Assert.Equal([expected], Complete(typed));

    [Theory]
    [InlineData("Get-NetRoute -NetNamespace egt-none -InterfaceAlias ")]
    [InlineData("Get-NetRoute -NetNamespace '' -InterfaceAlias ")]
    [InlineData("Get-NetRoute -NetNamespace a/b -InterfaceAlias ")]
    [InlineData("Get-NetRoute -NetNamespace /etc/hostname -InterfaceAlias ")]
    public void Where_nothing_is_to_be_had_nothing_is_offered(string typed) =>
        Assert.DoesNotContain(Complete(typed), text => text is "lo" or "v0");

    private static IEnumerable<string> Complete(string typed)
    {
        using Hosted hosted = new();
        using PowerShell shell = hosted.Shell();
        CommandCompletion completion = CommandCompletion.CompleteInput(typed, typed.Length, null, shell);
        Assert.All(completion.CompletionMatches, match => Assert.NotEmpty(match.ToolTip));
        Assert.Empty(shell.Streams.Error);
        return [.. completion.CompletionMatches.Select(match => match.CompletionText)];
    }
}
