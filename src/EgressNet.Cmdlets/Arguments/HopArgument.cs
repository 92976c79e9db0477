using EgressNet.Errors;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Routes;

namespace EgressNet.Arguments;

/// <summary>The ways of a route, as lists of gateways, interfaces and weights give them. A list of one holds for all.</summary>
/// <param name="gateways">The gateways; none for a way that is on the link.</param>
/// <param name="interfaces">How many interfaces are named.</param>
/// <param name="weights">The shares; null for equal ones.</param>
/// <param name="flags">What holds for each.</param>
internal sealed class HopArgument(InetAddress[] gateways, int interfaces, int[]? weights, RouteFlags flags)
{
    private readonly int _count = Math.Max(gateways.Length, interfaces);

    /// <summary>The gateway of a single way.</summary>
    public InetAddress Gateway => _count < 2 && gateways is [InetAddress gateway] ? gateway : default;

    /// <summary>Several ways, without their interfaces; null for a single one.</summary>
    public NextHop[]? Hops => _count < 2 ? null : [.. Enumerable.Range(0, _count).Select(at => new NextHop
    {
        Gateway = gateways.Length == 0 ? default : gateways[gateways.Length == 1 ? 0 : at],
        Weight = weights?[at] ?? 1,
        Flags = flags,
    })];

    /// <summary>The route in the words of <c>ip route</c>.</summary>
    /// <param name="destination">Its destination.</param>
    /// <param name="names">The interfaces as a person says them.</param>
    public string TextOf(InetPrefix destination, string[] names)
    {
        string Via(InetAddress gateway, int at) => (gateway.IsNone ? "" : $" via {gateway}")
            + (names.Length == 0 ? "" : $" dev {names[names.Length == 1 ? 0 : at]}");
        return Hops is { } hops
            ? $"{destination}{string.Concat(hops.Select((hop, at) => $" nexthop{Via(hop.Gateway, at)} weight {hop.Weight}"))}"
            : $"{destination}{Via(Gateway, 0)}";
    }

    /// <exception cref="ErrorRecordException">The lists are not of one length.</exception>
    public void Validate(object target)
    {
        string? fault = _count < 2
            ? weights is null ? null : "Weight is a share among several next hops: give NextHop or InterfaceAlias several values."
            : FaultOf("NextHop", gateways.Length, mayBeShared: true) ?? FaultOf("InterfaceAlias", interfaces, mayBeShared: true)
                ?? FaultOf("Weight", weights?.Length ?? 0, mayBeShared: false);
        if (fault is not null)
        {
            throw new ErrorRecordException(fault.ToError(ErrorId.InvalidArgument, ErrorCategory.InvalidArgument, target));
        }
    }

    private string? FaultOf(string parameter, int length, bool mayBeShared) =>
        length == 0 || length == _count || (length == 1 && mayBeShared)
            ? null
            : $"{parameter} has {length} values, and there are {_count} next hops.";
}
