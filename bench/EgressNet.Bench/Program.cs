using BenchmarkDotNet.Running;
using EgressNet.Bench.Live;
using EgressNet.Bench.Micro;

switch (args)
{
    case ["micro", .. string[] options]:
        BenchmarkSwitcher.FromTypes([typeof(RoundTrip), typeof(EncodeRoute), typeof(DecodeRoutes)])
            .Run(options is [] ? ["--filter", "*"] : options);
        return 0;
    case ["live", .. string[] parts]:
        return LiveRun.Run(parts);
    default:
        Console.Error.WriteLine("Usage: EgressNet.Bench micro [BenchmarkDotNet options]");
        Console.Error.WriteLine("       EgressNet.Bench live [routes] [memory] [containers] [pipeline]");
        return 2;
}
