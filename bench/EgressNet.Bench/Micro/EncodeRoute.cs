using BenchmarkDotNet.Attributes;

namespace EgressNet.Bench.Micro;

[MemoryDiagnoser]
[InProcess]
public class EncodeRoute
{
    private readonly byte[] _buffer = new byte[4096];

    [Benchmark]
    public int OneRoute() => SampleRoute.Encode(_buffer, SampleRoute.Via);
}
