using EgressNet.Completers;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Routes;
using EgressNet.Queries;
using EgressNet.Transformations;

namespace EgressNet.Bases;

/// <summary>A cmdlet that takes what routes have as a filter, of objects too.</summary>
public abstract class NetRouteFilterBase : InterfaceFilterBase
{
    /// <summary>Gateways, or wildcards; 0.0.0.0 and :: stand for on-link.</summary>
    [Parameter]
    [Alias("Gateway")]
    [TextArgument]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(RouteCompleter))]
    public string[]? NextHop { get; set; }

    /// <summary>One family.</summary>
    [Parameter]
    [ValueTransformation]
    [ValidateSet("IPv4", "IPv6")]
    public AddressFamily? AddressFamily { get; set; }

    /// <summary>Metrics.</summary>
    [Parameter]
    [Alias("Metric")]
    [ValueTransformation(IsList = true)]
    [ArgumentCompleter(typeof(RouteCompleter))]
    public uint[]? RouteMetric { get; set; }

    /// <summary>Who installed them.</summary>
    [Parameter]
    [RouteProtocolTransformation(IsList = true)]
    [ArgumentCompleter(typeof(RouteProtocolCompleter))]
    public RouteProtocol[]? Protocol { get; set; }

    /// <summary>Scopes.</summary>
    [Parameter]
    [ValueTransformation(IsList = true)]
    public RouteScope[]? Scope { get; set; }

    /// <summary>A table: main unless given, local, default, all, or a number.</summary>
    [Parameter]
    [RouteTableTransformation]
    [ArgumentCompleter(typeof(RouteTableCompleter))]
    public uint RouteTable { get; set; } = Netlink.Routes.RouteTable.Main;

    /// <summary>The table that objects are to have: any, unless one was given.</summary>
    private protected uint TableOfObjects => IsGiven(nameof(RouteTable)) ? RouteTable : 0;

    private protected RouteQuery Filter(string[]? destinations, uint table) => new(destinations)
    {
        InterfaceAlias = MeantAlias,
        InterfaceIndex = MeantIndex,
        NextHop = NextHop,
        AddressFamily = AddressFamily,
        RouteMetric = RouteMetric,
        Protocol = Protocol,
        Scope = Scope,
        RouteTable = table,
    };
}
