namespace EgressNet.Netlink.Routes;

/// <summary>Metrics of a route (RTAX_*, linux/rtnetlink.h).</summary>
public enum RouteMetric : byte
{
    /// <summary>A bit for each metric (bit = number) that path discovery may not change.</summary>
    Lock = 1,

    /// <summary>Path MTU in bytes.</summary>
    Mtu = 2,

    /// <summary>Largest advertised TCP window in bytes.</summary>
    Window = 3,

    /// <summary>Initial round-trip estimate in 1/8 ms.</summary>
    Rtt = 4,

    /// <summary>Initial round-trip variance in 1/4 ms.</summary>
    RttVariance = 5,

    /// <summary>Initial slow-start threshold in segments.</summary>
    SlowStartThreshold = 6,

    /// <summary>Clamp of the congestion window in segments.</summary>
    CongestionWindow = 7,

    /// <summary>Advertised maximum segment size in bytes.</summary>
    AdvertisedMss = 8,

    /// <summary>Initial reordering tolerance in segments.</summary>
    Reordering = 9,

    /// <summary>Hop limit, 0 to 255.</summary>
    HopLimit = 10,

    /// <summary>Initial congestion window in segments.</summary>
    InitialCongestionWindow = 11,

    /// <summary>Feature bits: 1 is ECN.</summary>
    Features = 12,

    /// <summary>Minimum retransmission timeout in ms.</summary>
    MinimumRto = 13,

    /// <summary>Initial receive window in segments.</summary>
    InitialReceiveWindow = 14,

    /// <summary>1 to acknowledge at once.</summary>
    QuickAck = 15,

    /// <summary>1 to allow TCP fast open without a cookie.</summary>
    FastOpenNoCookie = 17,
}

/// <summary>The metrics that a route sets, by kind.</summary>
public sealed class RouteMetrics : IEquatable<RouteMetrics>
{
    // As ip-route(8) calls them.
    private static readonly string[] s_names =
    [
        "", "lock", "mtu", "window", "rtt", "rttvar", "ssthresh", "cwnd", "advmss", "reordering", "hoplimit", "initcwnd",
        "features", "rto_min", "initrwnd", "quickack", "congctl", "fastopen_no_cookie",
    ];

    private readonly SortedList<RouteMetric, uint> _values = [];

    /// <summary>TCP congestion control by name, such as <c>bbr</c>; null where the route sets none.</summary>
    public string? CongestionControl { get; init; }

    /// <summary>Whether no metric is set.</summary>
    public bool IsEmpty => _values.Count == 0 && CongestionControl is null;

    /// <summary>The metrics set, in kernel order.</summary>
    public IEnumerable<KeyValuePair<RouteMetric, uint>> Values => _values;

    internal int Count => _values.Count;

    /// <summary>One metric's value, or null where the route does not set it.</summary>
    public uint? this[RouteMetric metric]
    {
        get => _values.TryGetValue(metric, out uint value) ? value : null;
        init => Set(metric, value);
    }

    /// <inheritdoc/>
    public bool Equals(RouteMetrics? other) =>
        other is not null && CongestionControl == other.CongestionControl && _values.SequenceEqual(other._values);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as RouteMetrics);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_values.Count, this[RouteMetric.Mtu], CongestionControl);

    /// <summary>These metrics with one set or removed.</summary>
    /// <param name="value">Its value, or null to remove it.</param>
    /// <returns>A changed copy.</returns>
    public RouteMetrics With(RouteMetric metric, uint? value)
    {
        RouteMetrics copy = WithCongestionControl(CongestionControl);
        copy.Set(metric, value);
        return copy;
    }

    /// <summary>The metrics in the words of <c>ip route</c>.</summary>
    /// <returns>Such as <c>mtu 1400 advmss 1360</c>.</returns>
    public override string ToString() => string.Join(' ', _values.Select(each => $"{NameOf(each.Key)} {each.Value}")
        .Concat(CongestionControl is null ? [] : [$"congctl {CongestionControl}"]));

    internal RouteMetrics WithCongestionControl(string? algorithm)
    {
        RouteMetrics copy = new() { CongestionControl = algorithm };
        foreach ((RouteMetric kind, uint current) in _values)
        {
            copy.Set(kind, current);
        }

        return copy;
    }

    internal RouteMetric KindAt(int place) => _values.GetKeyAtIndex(place);

    internal uint ValueAt(int place) => _values.GetValueAtIndex(place);

    internal void Set(RouteMetric metric, uint? value)
    {
        if (value is { } set)
        {
            _values[metric] = set;
        }
        else
        {
            _values.Remove(metric);
        }
    }

    private static string NameOf(RouteMetric metric) =>
        (int)metric < s_names.Length ? s_names[(int)metric] : $"metric{(int)metric}";
}
