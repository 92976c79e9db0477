namespace EgressNet.Tests.Killing;

public sealed class DescriptorTests
{
    [Fact]
    public void Running_out_of_descriptors_is_an_error_that_leaves_nothing()
    {
        using KillNode node = new();
        string nothing = node.State;
        string[] lines = Play(KilledOperation.New, node);
        Assert.All(lines, line => Assert.Contains(line, (string[])["made", "exhausted", "as told"]));
        Assert.Equal("exhausted", lines[0]);
        Assert.Equal("made", lines[^2]);
        Assert.Equal(nothing, node.State);
    }

    [Fact]
    public void What_is_to_be_replaced_stays_for_want_of_descriptors()
    {
        using KillNode node = new();
        string[] lines = Play(KilledOperation.NewForce, node);
        Assert.All(lines, line => Assert.Contains(line, (string[])["made", "exhausted"]));
        Assert.Equal("exhausted", lines[0]);
        Assert.Equal("made", lines[^1]);
    }

    [Fact]
    public void A_namespace_is_not_gone_for_want_of_descriptors()
    {
        using KillNode node = new();
        string[] lines = Play(KilledOperation.Repair, node);
        Assert.All(lines, line => Assert.Contains(line, (string[])["made", "exhausted"]));
        Assert.Equal("exhausted", lines[0]);
        Assert.Equal("made", lines[^1]);
    }

    private static string[] Play(KilledOperation operation, KillNode node)
    {
        KillJob job = new(operation, 0, node.Host, node.Container);
        return Tool.Run(
            "sh", "-c", $"ulimit -n 256; exec ip netns exec {node.Host} dotnet "
                + $"'{typeof(DescriptorTests).Assembly.Location}' {DescriptorChild.Word} '{job}'").Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
