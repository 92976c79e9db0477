using BenchmarkDotNet.Attributes;
using EgressNet.Netlink.Routes;
using EgressNet.Netlink.Wire;

namespace EgressNet.Bench.Micro;

[MemoryDiagnoser]
[InProcess]
public class DecodeRoutes
{
    private const int DatagramBytes = 32 * 1024;
    private byte[] _one = [];
    private byte[] _datagram = [];
    private Route[] _routes = [];

    [GlobalSetup]
    public void Encode()
    {
        byte[] buffer = new byte[4096];
        int length = SampleRoute.Encode(buffer, SampleRoute.Via);
        _one = buffer[..length];
        _routes = new Route[DatagramBytes / length];
        _datagram = new byte[_routes.Length * length];
        for (int i = 0; i < _routes.Length; i++)
        {
            _one.CopyTo(_datagram, i * length);
        }
    }

    [Benchmark]
    public int OneRoute() => Decode(_one);

    [Benchmark]
    public int DumpDatagramOf32KiB() => Decode(_datagram);

    private int Decode(ReadOnlySpan<byte> datagram)
    {
        int count = 0;
        foreach (NetlinkMessage message in new MessageReader(datagram))
        {
            count += RouteMessage.TryRead(in message, out _routes[count]) ? 1 : 0;
        }

        return count;
    }
}
