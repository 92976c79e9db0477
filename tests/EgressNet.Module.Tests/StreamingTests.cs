using System.Management.Automation;

namespace EgressNet.Module.Tests;

[Trait("Convention", "15")]
public sealed class StreamingTests
{
    private const int Routes = 4000;

    [Fact]
    public void The_first_route_arrives_before_the_last_is_read()
    {
        using Container container = new();
        string batch = Path.GetTempFileName();
        try
        {
            File.WriteAllLines(batch, Enumerable.Range(0, Routes)
                .Select(i => $"route add 10.{i / 250}.{i % 250}.0/24 dev v0"));
            container.Ns.Ip($"-batch {batch}");
        }
        finally
        {
            File.Delete(batch);
        }

        using Hosted hosted = new();
        PSObject[] seen = hosted.Run(
            """
            param($Ns)
            $first = $true
            Get-NetRoute 10.* -NetNamespace $Ns | ForEach-Object {
                if ($first) { $first = $false; Remove-NetRoute 10.15.*, 10.14.* -NetNamespace $Ns }
                $_.DestinationPrefix
            }
            """,
            new { Ns = container.Name }).Clean;
        Assert.Equal("10.0.0.0/24", seen[0].ToString());
        Assert.Equal("10.13.249.0/24", seen[^1].ToString());
    }

    [Fact, Trait("Convention", "21")]
    public void A_pipeline_can_be_broken_off()
    {
        using Container container = new();
        using Hosted hosted = new();
        Assert.Equal("1", Assert.Single(hosted.Run(
            """
            param($Ns)
            $count = 0
            foreach ($once in 1) {
                Get-NetRoute -NetNamespace $Ns -RouteTable all | ForEach-Object { $count++; break }
            }
            $count
            """,
            new { Ns = container.Name }).Clean).ToString());
    }
}
