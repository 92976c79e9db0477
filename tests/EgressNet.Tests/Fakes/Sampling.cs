namespace EgressNet.Tests.Fakes;

/// <summary>How much of a sweep a run takes: each place with <c>EGRESSNET_SWEEP=all</c>, as continuous integration does,
/// and else every sixteenth, from one drawn anew for each sweep.</summary>
internal static class Sampling
{
    public static int Stride { get; } = Environment.GetEnvironmentVariable("EGRESSNET_SWEEP") == "all" ? 1 : 16;

    public static int DrawFirst() => Random.Shared.Next(1, Stride + 1);

    /// <summary>Breaks something at one place after another until there is no such place any more.</summary>
    /// <returns>A place, counted from 1, that is not there.</returns>
    public static int Sweep(Func<int, bool> breaks)
    {
        int at = DrawFirst();
        while (breaks(at))
        {
            at += Stride;
        }

        return at;
    }
}
