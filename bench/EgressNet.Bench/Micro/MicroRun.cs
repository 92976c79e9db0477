using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;

namespace EgressNet.Bench.Micro;

/// <summary>The core's smallest steps, with what each allocates.</summary>
internal static class MicroRun
{
    private static IConfig Config => DefaultConfig.Instance
        .AddJob(Job.InProcess
            .WithWarmupCount(5)
            .WithIterationCount(12))
        .AddDiagnoser(MemoryDiagnoser.Default)
        .WithOptions(ConfigOptions.JoinSummary);

    public static int Run(string[] options)
    {
        BenchmarkSwitcher.FromTypes([typeof(RoundTrip), typeof(EncodeRoute), typeof(DecodeRoutes)])
            .Run(options is [] ? ["--filter", "*"] : options, Config);
        return 0;
    }
}
