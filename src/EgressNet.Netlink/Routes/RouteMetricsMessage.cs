using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Wire;
using static EgressNet.Netlink.Interop.RTAX;

namespace EgressNet.Netlink.Routes;

/// <summary>RTA_METRICS: a nest of RTAX_*.</summary>
internal static class RouteMetricsMessage
{
    public static void Write(ref NetlinkWriter writer, RouteMetrics? metrics)
    {
        if (metrics is null or { IsEmpty: true })
        {
            return;
        }

        int nest = writer.BeginNest(RTA.RTA_METRICS);
        for (int i = 0; i < metrics.Count; i++)
        {
            writer.Attribute((RTAX)metrics.KindAt(i), metrics.ValueAt(i));
        }

        if (metrics.CongestionControl is { } algorithm)
        {
            writer.Text(RTAX_CC_ALGO, algorithm);
        }

        writer.EndNest(nest);
    }

    public static RouteMetrics Read(NetlinkAttribute nest)
    {
        string? algorithm = null;
        foreach (NetlinkAttribute attribute in nest.Attributes)
        {
            algorithm = attribute.Type == (ushort)RTAX_CC_ALGO ? attribute.Text : algorithm;
        }

        RouteMetrics metrics = new() { CongestionControl = algorithm };
        foreach (NetlinkAttribute attribute in nest.Attributes)
        {
            if (attribute.Type is > 0 and <= byte.MaxValue and not (ushort)RTAX_CC_ALGO)
            {
                metrics.Set((RouteMetric)attribute.Type, attribute.U32);
            }
        }

        return metrics;
    }
}
