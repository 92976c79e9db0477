using EgressNet.Arguments;
using EgressNet.Attachments;
using EgressNet.Completers;
using EgressNet.Errors;
using EgressNet.Netlink.Routes;
using EgressNet.Transformations;

namespace EgressNet.Bases;

/// <summary>A cmdlet that sets what holds for connections over a route, as <c>ip route</c> calls it.</summary>
public abstract class RouteMetricsBase : NamespaceCommandBase
{
    /// <summary>The path MTU in bytes; 0 for none.</summary>
    [Parameter(ParameterSetName = ParameterSet.ByInterface, ValueFromPipelineByPropertyName = true)]
    [ValueTransformation]
    [ValidateRange(0, (int)AttachmentRoute.MaxMtu)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public int Mtu { get; set; }

    /// <summary>The advertised maximum segment size in bytes; 0 for none.</summary>
    [Parameter(ParameterSetName = ParameterSet.ByInterface, ValueFromPipelineByPropertyName = true)]
    [Alias("AdvMss")]
    [ValueTransformation]
    [ValidateRange(0, (int)AttachmentRoute.MaxAdvertisedMss)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public int AdvertisedMss { get; set; }

    /// <summary>The hop limit, 1 to 255.</summary>
    [Parameter(ParameterSetName = ParameterSet.ByInterface)]
    [ValueTransformation]
    [ValidateRange(1, 255)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public int? HopLimit { get; set; }

    /// <summary>The largest TCP window that is advertised, in bytes.</summary>
    [Parameter(ParameterSetName = ParameterSet.ByInterface)]
    [ValueTransformation]
    [ValidateRange(1, int.MaxValue)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public int? Window { get; set; }

    /// <summary>The initial congestion window in segments.</summary>
    [Parameter(ParameterSetName = ParameterSet.ByInterface)]
    [Alias("InitCwnd")]
    [ValueTransformation]
    [ValidateRange(1, int.MaxValue)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public int? InitialCongestionWindow { get; set; }

    /// <summary>The initial receive window in segments.</summary>
    [Parameter(ParameterSetName = ParameterSet.ByInterface)]
    [Alias("InitRwnd")]
    [ValueTransformation]
    [ValidateRange(1, int.MaxValue)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public int? InitialReceiveWindow { get; set; }

    /// <summary>The initial estimate of the round-trip time, in milliseconds.</summary>
    [Parameter(ParameterSetName = ParameterSet.ByInterface)]
    [ValueTransformation]
    [ValidateRange(1, int.MaxValue / RttUnitsPerMillisecond)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public int? Rtt { get; set; }

    /// <summary>The least time before TCP sends again, in milliseconds.</summary>
    [Parameter(ParameterSetName = ParameterSet.ByInterface)]
    [Alias("RtoMin")]
    [ValueTransformation]
    [ValidateRange(1, int.MaxValue)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public int? MinimumRto { get; set; }

    /// <summary>TCP congestion control by name.</summary>
    [Parameter(ParameterSetName = ParameterSet.ByInterface)]
    [Alias("CongCtl")]
    [TextArgument]
    [ValidateLength(1, 15)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? CongestionControl { get; set; }

    /// <summary>Acknowledge at once.</summary>
    [Parameter(ParameterSetName = ParameterSet.ByInterface)]
    public SwitchParameter QuickAck { get; set; }

    /// <summary>Ask for explicit congestion notification (RFC 3168).</summary>
    [Parameter(ParameterSetName = ParameterSet.ByInterface)]
    public SwitchParameter Ecn { get; set; }

    /// <summary>Which of these the kernel may not change by what it learns.</summary>
    [Parameter(ParameterSetName = ParameterSet.ByInterface)]
    [ValueTransformation(IsList = true)]
    public RouteMetric[]? Lock { get; set; }

    // linux/rtnetlink.h: RTAX_RTT counts eighths of a millisecond; RTAX_FEATURE_ECN is the first bit.
    private const int RttUnitsPerMillisecond = 8;
    private const uint FeatureEcn = 1;

    /// <summary>All of these; null for none.</summary>
    /// <exception cref="ErrorRecordException">One is to be locked that is not set.</exception>
    private protected RouteMetrics? Metrics
    {
        get
        {
            RouteMetrics metrics = new()
            {
                [RouteMetric.Mtu] = Set(Mtu),
                [RouteMetric.AdvertisedMss] = Set(AdvertisedMss),
                [RouteMetric.HopLimit] = (uint?)HopLimit,
                [RouteMetric.Window] = (uint?)Window,
                [RouteMetric.InitialCongestionWindow] = (uint?)InitialCongestionWindow,
                [RouteMetric.InitialReceiveWindow] = (uint?)InitialReceiveWindow,
                [RouteMetric.Rtt] = (uint?)(Rtt * RttUnitsPerMillisecond),
                [RouteMetric.MinimumRto] = (uint?)MinimumRto,
                [RouteMetric.QuickAck] = Set(QuickAck ? 1 : 0),
                [RouteMetric.Features] = Ecn ? FeatureEcn : null,
                CongestionControl = CongestionControl,
            };
            return metrics.IsEmpty && Lock is null ? null : metrics.With(RouteMetric.Lock, LockOf(metrics));
        }
    }

    private static uint BitOf(RouteMetric metric) => 1u << (int)metric;

    private static uint? Set(int value) => value == 0 ? null : (uint)value;

    private uint? LockOf(RouteMetrics metrics)
    {
        // The kernel heeds this one where it is locked alone (tcp_rto_min), and ip route locks it too.
        uint mask = MinimumRto is null ? 0 : BitOf(RouteMetric.MinimumRto);
        foreach (RouteMetric metric in Lock ?? [])
        {
            mask |= metrics[metric] is not null
                ? BitOf(metric)
                : throw new ErrorRecordException($"Lock '{metric}' is of no use: the route sets no {metric}."
                    .ToError(ErrorId.InvalidArgument, ErrorCategory.InvalidArgument, metric));
        }

        return mask == 0 ? null : mask;
    }
}
