using System.Net;
using System.Net.Sockets;

namespace EgressNet.Tests.Traffic;

public sealed class NeighborTests
{
    [Fact]
    public void A_container_s_only_neighbors_are_its_gateways()
    {
        using Site site = new();
        Pod pod = site.Attach(5), sibling = site.Attach(6);
        foreach (Numbers numbers in Numbers.Both)
        {
            using Socket server = sibling.Namespace.BindUdp(sibling.Address(numbers));
            using Socket client = pod.Namespace.BindUdp(pod.Address(numbers));
            client.Exchange(server);
            client.SendTo([1], new IPEndPoint(numbers.Pod(99), 9));
        }

        Assert.Equal(
            Numbers.Both.Select(numbers => $"{numbers.Gateway}").Order(),
            pod.Namespace.IpJson("neigh show").EnumerateArray()
                .Select(neighbor => neighbor.GetProperty("dst").GetString()!)
                .Order());
    }
}
