using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Routes;
using EgressNet.Netlink.Rules;

namespace EgressNet.Transformations;

/// <summary>Makes a route rule of a copy.</summary>
internal static class RouteRuleCopy
{
    public static bool Is(PropertyBag copy) => copy.Has(
        nameof(NetRouteRule.Priority), nameof(NetRouteRule.Selector), nameof(NetRouteRule.Action),
        nameof(NetRouteRule.AddressFamily), nameof(NetRouteRule.Flags));

    public static NetRouteRule Read(PropertyBag copy)
    {
        if (copy.Text(nameof(NetRouteRule.Other)) is not null)
        {
            throw new FormatException("the rule has attributes that only Get-NetRouteRule's own object brings along.");
        }

        RouteRule rule = new()
        {
            Family = copy.Name<AddressFamily>(nameof(NetRouteRule.AddressFamily)),
            Priority = copy.Number<uint>(nameof(NetRouteRule.Priority)),
            Source = Prefix(copy, nameof(NetRouteRule.SourcePrefix)),
            Destination = Prefix(copy, nameof(NetRouteRule.DestinationPrefix)),
            InputInterface = copy.Text(nameof(NetRouteRule.InterfaceAlias)),
            OutputInterface = copy.Text(nameof(NetRouteRule.OutputInterfaceAlias)),
            Mark = copy.Number<uint>(nameof(NetRouteRule.Mark)),
            MarkMask = copy.Number<uint>(nameof(NetRouteRule.MarkMask)),
            TypeOfService = copy.Number<byte>(nameof(NetRouteRule.TypeOfService)),
            Dscp = Number<byte>(copy, nameof(NetRouteRule.Dscp)),
            IPProtocol = copy.Text(nameof(NetRouteRule.IPProtocol)) is null
                ? (byte)0
                : (byte)copy.Name<IPProtocol>(nameof(NetRouteRule.IPProtocol)),
            SourcePort = Range(copy, nameof(NetRouteRule.SourcePort)),
            DestinationPort = Range(copy, nameof(NetRouteRule.DestinationPort)),
            UidRange = Range(copy, nameof(NetRouteRule.UidRange)),
            TunnelId = copy.Number<ulong>(nameof(NetRouteRule.TunnelId)),
            Action = copy.Name<RouteRuleAction>(nameof(NetRouteRule.Action)),
            Table = copy.Number<uint>(nameof(NetRouteRule.RouteTable)),
            IsForVrf = copy.Number<bool>(nameof(NetRouteRule.L3Mdev)),
            Target = copy.Number<uint>(nameof(NetRouteRule.Goto)),
            SuppressPrefixLength = Number<int>(copy, nameof(NetRouteRule.SuppressPrefixLength)),
            SuppressInterfaceGroup = Number<uint>(copy, nameof(NetRouteRule.SuppressInterfaceGroup)),
            Flags = copy.Name<RouteRuleFlags>(nameof(NetRouteRule.Flags)),
            Protocol = copy.Name<RouteProtocol>(nameof(NetRouteRule.Protocol)),
        };
        return new NetRouteRule(rule, NamespaceOrigin.OfCopy(copy.Text(nameof(NetRouteRule.NetNamespace))));
    }

    private static InetPrefix? Prefix(PropertyBag copy, string name) =>
        copy.Text(name) is { } text ? InetPrefix.Parse(text) : null;

    private static RuleRange? Range(PropertyBag copy, string name) =>
        copy.Text(name) is { } text ? RuleRange.Parse(text) : null;

    private static T? Number<T>(PropertyBag copy, string name)
        where T : struct, IParsable<T> => copy.Text(name) is null ? null : copy.Number<T>(name);
}
