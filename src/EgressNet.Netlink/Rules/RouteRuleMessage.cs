using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Wire;
using static EgressNet.Netlink.Interop.FRA;

namespace EgressNet.Netlink.Rules;

/// <summary>A rule as RTM_NEWRULE and RTM_DELRULE carry it: where the kernel's words and ours meet.</summary>
internal static class RouteRuleMessage
{
    private const uint Written = FibRuleConstants.FIB_RULE_INVERT | FibRuleConstants.FIB_RULE_FIND_SADDR;

    public static void Write(ref NetlinkWriter writer, RouteRule rule)
    {
        fib_rule_hdr header = new()
        {
            family = (byte)rule.Family,
            dst_len = rule.Destination?.Length ?? 0,
            src_len = rule.Source?.Length ?? 0,
            tos = rule.TypeOfService,
            table = rule.Table > byte.MaxValue ? RouteConstants.RT_TABLE_UNSPEC : (byte)rule.Table,
            action = (byte)rule.Action,
            flags = (uint)rule.Flags & Written,
        };
        writer.Header(in header);
        if (rule.Priority is { } priority)
        {
            writer.Attribute(FRA_PRIORITY, priority);
        }

        WritePrefix(ref writer, FRA_SRC, rule.Source);
        WritePrefix(ref writer, FRA_DST, rule.Destination);
        WriteName(ref writer, FRA_IIFNAME, rule.InputInterface);
        WriteName(ref writer, FRA_OIFNAME, rule.OutputInterface);
        if ((rule.Mark | rule.MarkMask) != 0)
        {
            writer.Attribute(FRA_FWMARK, rule.Mark);
            writer.Attribute(FRA_FWMASK, rule.MarkMask);
        }

        WriteUnlessZero(ref writer, FRA_TABLE, rule.Table > byte.MaxValue ? rule.Table : 0);
        WriteUnlessZero(ref writer, FRA_GOTO, rule.Target);
        WriteUnlessZero(ref writer, FRA_L3MDEV, rule.IsForVrf ? (byte)1 : (byte)0);
        WriteUnlessZero(ref writer, FRA_PROTOCOL, (byte)rule.Protocol);
        WriteUnlessZero(ref writer, FRA_IP_PROTO, rule.IPProtocol);
        if (rule.Dscp is { } dscp)
        {
            writer.Attribute(FRA_DSCP, dscp);
        }

        if (rule.TunnelId != 0)
        {
            writer.BigEndian(FRA_TUN_ID, rule.TunnelId);
        }

        if (rule.UidRange is { } uids)
        {
            writer.Attribute(FRA_UID_RANGE, new fib_rule_uid_range { start = uids.First, end = uids.Last });
        }

        WritePorts(ref writer, FRA_SPORT_RANGE, rule.SourcePort);
        WritePorts(ref writer, FRA_DPORT_RANGE, rule.DestinationPort);
        if (rule.SuppressPrefixLength is { } length)
        {
            writer.Attribute(FRA_SUPPRESS_PREFIXLEN, length);
        }

        if (rule.SuppressInterfaceGroup is { } group)
        {
            writer.Attribute(FRA_SUPPRESS_IFGROUP, group);
        }

        writer.Raw(rule.Unknown is null ? default : rule.Unknown.Bytes);
    }

    private static void WritePrefix(ref NetlinkWriter writer, FRA type, InetPrefix? prefix)
    {
        if (prefix is { Length: > 0 } given)
        {
            writer.Attribute(type, given.Address);
        }
    }

    private static void WriteName(ref NetlinkWriter writer, FRA type, string? name)
    {
        if (name is not null)
        {
            writer.Text(type, name);
        }
    }

    private static void WritePorts(ref NetlinkWriter writer, FRA type, RuleRange? range)
    {
        if (range is { } ports)
        {
            writer.Attribute(type, new fib_rule_port_range { start = (ushort)ports.First, end = (ushort)ports.Last });
        }
    }

    private static void WriteUnlessZero<T>(ref NetlinkWriter writer, FRA type, T value) where T : unmanaged, IEquatable<T>
    {
        if (!value.Equals(default))
        {
            writer.Attribute(type, in value);
        }
    }
}
