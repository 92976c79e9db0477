using EgressNet.Netlink.Routes;
using EgressNet.Sessions;

namespace EgressNet.Batches;

/// <summary>A route to be written, and what an error of it points at.</summary>
/// <param name="route">The route.</param>
/// <param name="interfaces">The interfaces as they are named: none, one for all of the route, or one for each hop.</param>
/// <param name="target">What an error points at.</param>
internal sealed class RouteItem(Route route, IReadOnlyList<object> interfaces, object target)
{
    private readonly NetRoute? _read;

    public RouteItem(NetRoute read)
        : this(read.Route, [], read) => _read = read;

    public Route Route { get; } = route;

    public object Target { get; } = target;

    public bool IsPutBack => _read is not null;

    /// <summary>Whether it goes behind others of its key.</summary>
    public bool IsAppended { get; init; }

    /// <summary>The route as the kernel has it, null where it made none.</summary>
    public Route? Written { get; set; }

    public string Message { get; set; } = "";

    /// <summary>Marks the route as one that the kernel itself has made already.</summary>
    public void Leave(NamespaceSession session)
    {
        Message = $"route {session.TextOf(Written!)} is there already: it is the kernel's own";
        Written = null;
    }

    /// <summary>The route with its interfaces by index.</summary>
    public Route Resolve(InterfaceLookup lookup) => _read is not null ? lookup.Resolve(_read)
        : interfaces.Count == 0 ? Route
        : Route.NextHops is null ? Route with { InterfaceIndex = lookup.Require(interfaces[0]).Index }
        : Route with
        {
            NextHops = [.. Route.NextHops.Select((hop, at) => hop with
            {
                InterfaceIndex = lookup.Require(interfaces[interfaces.Count == 1 ? 0 : at]).Index,
            })],
        };
}
