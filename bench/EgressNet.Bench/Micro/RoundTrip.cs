using BenchmarkDotNet.Attributes;
using EgressNet.Bench.Live;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Links;
using EgressNet.Netlink.Routes;
using EgressNet.Netlink.Transport;
using EgressNet.Netlink.Wire;

namespace EgressNet.Bench.Micro;

/// <summary>One request and its reply on the live kernel. The question needs no rights; the change needs root, and
/// works in a network namespace of its own.</summary>
public class RoundTrip
{
    private readonly Route _route = new()
    {
        Destination = InetPrefix.Parse("192.0.2.1/32"),
        Type = RouteType.Blackhole,
    };

    private NetlinkConnection? _connection;

    [GlobalSetup(Target = nameof(LookUpLoopback))]
    public void Open() => _connection = NetlinkConnection.Open();

    [GlobalSetup(Target = nameof(ReplaceRoute))]
    public void OpenPrivate()
    {
        PrivateNamespaces.Enter();
        Open();
    }

    [GlobalCleanup]
    public void Close() => _connection?.Dispose();

    [Benchmark]
    public int LookUpLoopback()
    {
        NetlinkWriter request = _connection!.Begin(RTM.RTM_GETLINK);
        ifinfomsg header = new() { ifi_index = 1 };
        request.Header(in header);
        return _connection.Get(
            ref request, new("get", NetlinkObject.Link), static (in message) => message.Header<ifinfomsg>().ifi_index);
    }

    [Benchmark]
    public void ReplaceRoute() => _connection!.Routes.Write(_route, RouteChange.Replace);
}
