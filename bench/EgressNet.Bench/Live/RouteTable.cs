using System.Net;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Links;
using EgressNet.Netlink.Routes;
using EgressNet.Netlink.Transport;

namespace EgressNet.Bench.Live;

/// <summary>The routes of a run, 10.0.0.0/32 and on, out of an interface of its own.</summary>
internal sealed class RouteTable : IDisposable
{
    public const int Count = 100_000;
    public const string Device = "bench0";

    public RouteTable()
    {
        Connection = NetlinkConnection.Open();
        Link device = Connection.Links.Find(Device) ?? Create();
        Routes = [.. Enumerable.Range(0, Count).Select(i => new Route
        {
            Destination = InetPrefix.Host(InetAddress.Parse(AddressOf(i))),
            InterfaceIndex = device.Index,
            Scope = RouteScope.Link,
        })];
    }

    public NetlinkConnection Connection { get; }

    public Route[] Routes { get; }

    public static string AddressOf(int number) =>
        new IPAddress([10, (byte)(number >> 16), (byte)(number >> 8), (byte)number]).ToString();

    public static void Expect(int count)
    {
        if (count != Count)
        {
            throw new InvalidOperationException($"{count} routes were listed, not {Count}.");
        }
    }

    public void AddSingly()
    {
        foreach (Route route in Routes)
        {
            Connection.Routes.Write(route);
        }
    }

    public void DeleteSingly()
    {
        foreach (Route route in Routes)
        {
            Connection.Routes.Delete(route);
        }
    }

    public void AddBatched()
    {
        using NetlinkBatch batch = Connection.CreateBatch();
        foreach (Route route in Routes)
        {
            batch.Write(route);
        }

        ThrowIfAny(batch.Complete());
    }

    public void DeleteBatched()
    {
        using NetlinkBatch batch = Connection.CreateBatch();
        foreach (Route route in Routes)
        {
            batch.Delete(route);
        }

        ThrowIfAny(batch.Complete());
    }

    public void Dispose() => Connection.Dispose();

    private static void ThrowIfAny(IReadOnlyList<NetlinkBatchError> errors)
    {
        if (errors is [var first, ..])
        {
            throw first.Error;
        }
    }

    private Link Create()
    {
        Link device = Connection.Links.CreateVeth(new() { Name = Device }, new() { Name = "bench1" }, up: true)!;
        Connection.Links.Set(device.PeerIndex, new LinkChange { Up = true });
        return device;
    }
}
