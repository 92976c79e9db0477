using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;
using EgressNet.Netlink.Addresses;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Links;
using EgressNet.Netlink.Neighbors;
using EgressNet.Netlink.Routes;
using EgressNet.Netlink.Rules;

namespace EgressNet.Netlink.Tests.Interop;

/// <summary>A C program that prints every number of Interop as the system's headers have it.</summary>
internal static class CHeaders
{
    private static readonly string[] s_includes =
    [
        "errno.h", "fcntl.h", "unistd.h", "poll.h", "sched.h", "stddef.h", "stdio.h", "sys/file.h", "sys/mount.h", "sys/resource.h",
        "sys/socket.h", "sys/stat.h", "linux/netlink.h", "linux/rtnetlink.h", "linux/if_link.h", "linux/if_addr.h",
        "linux/veth.h", "linux/nexthop.h", "linux/neighbour.h", "linux/fib_rules.h", "linux/nsfs.h", "linux/magic.h", "linux/if.h", "linux/net_namespace.h", "linux/netfilter.h",
        "linux/netfilter/nfnetlink.h", "linux/netfilter/nf_tables.h", "linux/netfilter/nf_nat.h",
        "linux/netfilter/nfnetlink_conntrack.h", "linux/netfilter/nf_conntrack_common.h",
        "linux/netfilter/nf_tables_compat.h", "linux/ip.h", "linux/ipv6.h", "linux/sock_diag.h", "linux/inet_diag.h",
    ];

    // What has no C name of its own, or lives in a header that clashes with those of libc.
    private static readonly HashSet<string> s_unnamed =
    [
        "InitialUserNamespace", "ENOTSUPP", "CTA_FILTER_F_CTA_IP_SRC", "CTA_FILTER_F_CTA_IP_DST",
    ];

    private static readonly Dictionary<string, string> s_structNames = new() { ["Statx"] = "struct statx" };

    /// <summary>Numbers of public enums by the C name that each stands for.</summary>
    private static readonly (string Name, long Value)[] s_aliases =
    [
        .. Of<RouteType>("RTN_", new()
        {
            [RouteType.Unspecified] = "UNSPEC", [RouteType.ExternalResolve] = "XRESOLVE",
        }),
        .. Of<RouteScope>("RT_SCOPE_", new() { [RouteScope.Global] = "UNIVERSE" }),
        .. Of<RouteProtocol>("RTPROT_", new() { [RouteProtocol.Unspecified] = "UNSPEC" }),
        .. Of<RouteFlags>("RTNH_F_", new() { [RouteFlags.None] = "" }).Where(flag => flag.Name != "RTNH_F_CLONED"),
        ("RTM_F_CLONED", (long)RouteFlags.Cloned),
        .. Of<RouteMetric>("RTAX_", new()
        {
            [RouteMetric.RttVariance] = "RTTVAR", [RouteMetric.SlowStartThreshold] = "SSTHRESH",
            [RouteMetric.CongestionWindow] = "CWND", [RouteMetric.AdvertisedMss] = "ADVMSS",
            [RouteMetric.InitialCongestionWindow] = "INITCWND", [RouteMetric.MinimumRto] = "RTO_MIN",
            [RouteMetric.InitialReceiveWindow] = "INITRWND", [RouteMetric.FastOpenNoCookie] = "FASTOPEN_NO_COOKIE",
        }),
        .. Of<AddressFlags>("IFA_F_", new()
        {
            [AddressFlags.None] = "", [AddressFlags.MulticastAutoJoin] = "MCAUTOJOIN",
            [AddressFlags.ManageTempAddress] = "MANAGETEMPADDR", [AddressFlags.StablePrivacy] = "STABLE_PRIVACY",
        }),
        .. Of<LinkFlags>("IFF_", new()
        {
            [LinkFlags.None] = "", [LinkFlags.Promiscuous] = "PROMISC", [LinkFlags.AllMulticast] = "ALLMULTI",
            [LinkFlags.LowerUp] = "LOWER_UP", [LinkFlags.PointToPoint] = "POINTOPOINT",
        }),
        .. Of<OperationalState>("IF_OPER_", []),
        .. Of<NeighborState>("NUD_", new() { [NeighborState.Unreachable] = "FAILED" }),
        .. Of<NeighborFlags>("NTF_", new()
        {
            [NeighborFlags.None] = "", [NeighborFlags.ExternallyLearned] = "EXT_LEARNED", [NeighborFlags.Managed] = "",
        }),
        .. Of<RouteRuleAction>("FR_ACT_", new() { [RouteRuleAction.Lookup] = "TO_TBL" }),
        .. Of<RouteRuleFlags>("FIB_RULE_", new()
        {
            [RouteRuleFlags.None] = "", [RouteRuleFlags.InputDetached] = "IIF_DETACHED",
            [RouteRuleFlags.OutputDetached] = "OIF_DETACHED", [RouteRuleFlags.FindSource] = "FIND_SADDR",
        }),
        ("AF_UNSPEC", (long)AddressFamily.Unspecified), ("AF_INET", (long)AddressFamily.IPv4),
        ("AF_INET6", (long)AddressFamily.IPv6),
        ("RT_TABLE_DEFAULT", RouteTable.Default), ("RT_TABLE_MAIN", RouteTable.Main), ("RT_TABLE_LOCAL", RouteTable.Local),
    ];

    /// <summary>Each C expression with the number that it has here.</summary>
    public static IReadOnlyDictionary<string, long> Ours { get; } = Collect();

    /// <summary>The program. A constant that is a macro is left out where the headers lack it; one of an enum would
    /// not compile, and names that a first try failed on are given.</summary>
    public static string Program(IReadOnlySet<string> absent)
    {
        StringBuilder c = new("#define _GNU_SOURCE\n");
        foreach (string include in s_includes)
        {
            c.Append(CultureInfo.InvariantCulture, $"#include <{include}>\n");
        }

        c.Append("int main(void)\n{\n");
        foreach (string expression in Ours.Keys.Where(expression => !absent.Contains(expression)))
        {
            c.Append(CultureInfo.InvariantCulture, $"    printf(\"%s=%lld\\n\", \"{expression}\", (long long)({expression}));\n");
        }

        return c.Append("    return 0;\n}\n").ToString();
    }

    private static SortedDictionary<string, long> Collect()
    {
        SortedDictionary<string, long> ours = new(StringComparer.Ordinal);
        foreach (Type type in typeof(NLMSG).Assembly.GetTypes().Where(IsVerbatim))
        {
            if (type.IsEnum)
            {
                foreach (object value in Enum.GetValuesAsUnderlyingType(type))
                {
                    AddNames(ours, type, Convert.ToInt64(value, CultureInfo.InvariantCulture));
                }

                continue;
            }

            foreach (FieldInfo constant in type.GetFields(BindingFlags.Public | BindingFlags.Static).Where(f => f.IsLiteral))
            {
                if (!s_unnamed.Contains(constant.Name))
                {
                    // A C constant is an int until it is put into a field of 16 bits.
                    string cast = constant.FieldType == typeof(ushort) ? "(unsigned short)" : "";
                    ours[cast + constant.Name] = ToInt64(constant.GetRawConstantValue()!);
                }
            }

            if (type.IsValueType && type.GetFields(BindingFlags.Public | BindingFlags.Instance) is { Length: > 0 } fields)
            {
                AddStruct(ours, type, fields);
            }
        }

        foreach ((string name, long value) in s_aliases)
        {
            ours[name] = value;
        }

        return ours;
    }

    private static bool IsVerbatim(Type type) =>
        type.Namespace == typeof(NLMSG).Namespace && !type.IsGenericType && !type.Name.Contains('<')
        && !type.IsNested && type != typeof(RequestLayout) && !typeof(SafeHandle).IsAssignableFrom(type)
        && !typeof(AttributeNames).IsAssignableFrom(type.DeclaringType ?? type);

    private static void AddNames(SortedDictionary<string, long> ours, Type type, long number)
    {
        foreach (string name in Enum.GetNames(type).Where(name => !s_unnamed.Contains(name)))
        {
            if (ToInt64(Enum.Parse(type, name)) == number)
            {
                ours[name] = number;
            }
        }
    }

    private static void AddStruct(SortedDictionary<string, long> ours, Type type, FieldInfo[] fields)
    {
        string name = s_structNames.GetValueOrDefault(type.Name, $"struct {type.Name}");
        ours[$"sizeof({name})"] = Marshal.SizeOf(type);
        foreach (FieldInfo field in fields)
        {
            ours[$"offsetof({name}, {field.Name})"] = (long)Marshal.OffsetOf(type, field.Name);
            ours[$"sizeof((({name} *)0)->{field.Name})"] = Marshal.SizeOf(field.FieldType);
        }
    }

    private static IEnumerable<(string Name, long Value)> Of<T>(string prefix, Dictionary<T, string> otherwise)
        where T : struct, Enum =>
        from value in Enum.GetValues<T>()
        let name = otherwise.GetValueOrDefault(value, value.ToString().ToUpperInvariant())
        where name.Length > 0
        select (prefix + name, ToInt64(value));

    private static long ToInt64(object value) => Convert.ToInt64(value, CultureInfo.InvariantCulture);
}
