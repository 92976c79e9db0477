namespace EgressNet.Tests.Attachments;

/// <summary>How much of a sweep a run takes: each place with <c>EGRESSNET_SWEEP=all</c>, as continuous integration does,
/// and else every fourth, from one drawn anew in each run.</summary>
internal static class Sampling
{
    public static int Stride { get; } = Environment.GetEnvironmentVariable("EGRESSNET_SWEEP") == "all" ? 1 : 4;

    public static int DrawFirst() => Random.Shared.Next(1, Stride + 1);
}
