using EgressNet.Netlink.Rules;
using EgressNet.Netlink.Transport;
using static EgressNet.Netlink.Errno;

namespace EgressNet.Rules;

/// <summary>What is to be known of a rule before and after it is added.</summary>
internal static class RuleAddition
{
    /// <summary>The refusal of a rule that is there.</summary>
    /// <param name="present">The rule that is there.</param>
    /// <returns>EEXIST, which names it.</returns>
    public static NetlinkException Taken(RouteRule present) =>
        new NetlinkException(new("add", NetlinkObject.RouteRule), EEXIST).Within($"add route rule {present}");

    /// <summary>The refusal of a rule that the kernel made without a selector that it does not know, and so for more
    /// packets.</summary>
    /// <param name="asked">The rule asked for.</param>
    /// <param name="written">The rule that the kernel made.</param>
    /// <returns>EOPNOTSUPP, which names the selector; null where all is there.</returns>
    public static NetlinkException? Ignored(RouteRule asked, RouteRule written)
    {
        string? selector = asked switch
        {
            _ when asked.Dscp != written.Dscp => "FRA_DSCP",
            _ when asked.IPProtocol != written.IPProtocol => "FRA_IP_PROTO",
            _ when asked.SourcePort != written.SourcePort => "FRA_SPORT_RANGE",
            _ when asked.DestinationPort != written.DestinationPort => "FRA_DPORT_RANGE",
            _ when asked.UidRange != written.UidRange => "FRA_UID_RANGE",
            _ when asked.TunnelId != written.TunnelId => "FRA_TUN_ID",
            _ => null,
        };
        return selector is null
            ? null
            : new NetlinkException(new("add", NetlinkObject.RouteRule), EOPNOTSUPP, attribute: selector)
                .Within($"add route rule {asked}");
    }
}
