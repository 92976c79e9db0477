namespace EgressNet.Bench.Live;

internal static class PipelineRun
{
    public static void Run() => Report.Line($"\nPipeline: module not built");
}
