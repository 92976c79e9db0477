using EgressNet.Arguments;
using EgressNet.Completers;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Routes;
using EgressNet.Transformations;

namespace EgressNet.Bases;

/// <summary>A cmdlet that takes the ways of a route: one, or several next hops.</summary>
public abstract class RouteHopsBase : RouteMetricsBase
{
    /// <summary>The gateway, of either family for IPv4; none, 0.0.0.0 or :: for an on-link route. Several are next hops among
    /// which the traffic is shared.</summary>
    [Parameter(ParameterSetName = ParameterSet.ByInterface, ValueFromPipelineByPropertyName = true)]
    [Alias("Gateway")]
    [InetAddressTransformation(IsList = true)]
    [ArgumentCompleter(typeof(RouteCompleter))]
    public InetAddress[]? NextHop { get; set; }

    /// <summary>The share of each of several next hops, 1 to 256; equal unless given.</summary>
    [Parameter(ParameterSetName = ParameterSet.ByInterface)]
    [ValueTransformation(IsList = true)]
    [ValidateRange(1, 256)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public int[]? Weight { get; set; }

    /// <summary>The interface by name or alternative name; beside an index it must be that of the same interface. One for
    /// all next hops, or one for each.</summary>
    [Parameter(ParameterSetName = ParameterSet.ByInterface, ValueFromPipelineByPropertyName = true)]
    [Alias("ifAlias")]
    [TextArgument]
    [ArgumentCompleter(typeof(InterfaceCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? InterfaceAlias { get; set; }

    /// <summary>The interface by index, likewise.</summary>
    [Parameter(ParameterSetName = ParameterSet.ByInterface, ValueFromPipelineByPropertyName = true)]
    [Alias("ifIndex")]
    [ValueTransformation(IsList = true)]
    [ValidateRange(1, int.MaxValue)]
    [ArgumentCompleter(typeof(InterfaceCompleter))]
    public int[]? InterfaceIndex { get; set; }

    /// <summary>Take the gateway to be on the link, whatever the prefixes say.</summary>
    [Parameter(ParameterSetName = ParameterSet.ByInterface)]
    public SwitchParameter OnLink { get; set; }

    private protected InetAddress[] Gateways =>
        Array.ConvertAll(NextHop ?? [], gateway => gateway.IsUnspecified ? default : gateway);

    private protected object[] Interfaces => InterfaceIndex is null ? InterfaceAlias ?? []
        : InterfaceAlias is null ? Array.ConvertAll(InterfaceIndex, index => (object)index)
        : IsPiped(nameof(InterfaceIndex)) && IsGiven(nameof(NetNamespace)) ? InterfaceAlias
        : [.. InterfaceIndex.Zip(InterfaceAlias, (index, name) => (object)(index, name))];

    private protected HopArgument Way => new(Gateways, Interfaces.Length, Weight, OnLink ? RouteFlags.OnLink : RouteFlags.None);
}
