using System.Diagnostics;
using System.Globalization;

namespace EgressNet.Bench.Live;

/// <summary>How long the kernel had the word, in all and for each type of request.</summary>
internal sealed class KernelTime
{
    private readonly Dictionary<string, long> _byRequest = [];

    public long Ticks => _byRequest.Values.Sum();

    public void Add(string request, long ticks) =>
        _byRequest[request] = _byRequest.GetValueOrDefault(request) + ticks;

    public void Clear() => _byRequest.Clear();

    /// <summary>The requests that took longest.</summary>
    /// <param name="count">How often all was done.</param>
    /// <returns>Such as <c>RTM_NEWLINK 0.41 ms, RTM_NEWROUTE 0.09 ms</c>.</returns>
    public string Describe(int count) => string.Join(
        ", ",
        _byRequest.OrderByDescending(each => each.Value).Take(6).Select(each => string.Create(
            CultureInfo.InvariantCulture,
            $"{each.Key} {Stopwatch.GetElapsedTime(0, each.Value).TotalMilliseconds / count:0.000} ms")));
}
