namespace EgressNet.Tests.Killing;

public sealed class DescriptorTests
{
    [Fact]
    public void A_creation_that_runs_out_of_descriptors_says_so_and_leaves_nothing()
    {
        using KillNode node = new();
        string nothing = node.State;
        KillJob job = new(KilledOperation.New, 0, node.Host, node.Container);
        string[] lines = Tool.Run(
            "sh", "-c", $"ulimit -n 256; exec dotnet '{typeof(DescriptorTests).Assembly.Location}' "
                + $"{DescriptorChild.Word} '{job}'").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.All(lines, line => Assert.Contains(line, (string[])["made", "exhausted", "as told"]));
        Assert.Equal("exhausted", lines[0]);
        Assert.Equal("made", lines[^2]);
        Assert.Equal(nothing, node.State);
    }
}
