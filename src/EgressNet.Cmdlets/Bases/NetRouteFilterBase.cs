using EgressNet.Arguments;
using EgressNet.Completers;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Routes;
using EgressNet.Queries;
using EgressNet.Transformations;

namespace EgressNet.Bases;

/// <summary>A cmdlet that filters routes, piped ones too.</summary>
public abstract class NetRouteFilterBase : InterfaceFilterBase
{
    [Parameter]
    [Alias("Gateway")]
    [TextArgument]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(RouteCompleter))]
    public string[]? NextHop { get; set; }

    [Parameter]
    [ValueTransformation]
    [ValidateSet("IPv4", "IPv6")]
    public AddressFamily? AddressFamily { get; set; }

    [Parameter]
    [Alias("Metric")]
    [ValueTransformation(IsList = true)]
    [ArgumentCompleter(typeof(RouteCompleter))]
    public uint[]? RouteMetric { get; set; }

    [Parameter]
    [RouteProtocolTransformation(IsList = true)]
    [ArgumentCompleter(typeof(RouteProtocolCompleter))]
    public RouteProtocol[]? Protocol { get; set; }

    [Parameter]
    [ValueTransformation(IsList = true)]
    public RouteScope[]? Scope { get; set; }

    [Parameter]
    [RouteTableTransformation]
    [ArgumentCompleter(typeof(RouteTableCompleter))]
    public uint RouteTable { get; set; } = Netlink.Routes.RouteTable.Main;

    /// <summary>The store: ActiveStore.</summary>
    [Parameter]
    [ValueTransformation]
    [ValidateSupported(EgressNet.PolicyStore.ActiveStore, Unsupported.Store)]
    public PolicyStore PolicyStore { get; set; }

    /// <summary>The table that piped routes must have: any, unless one was given.</summary>
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
