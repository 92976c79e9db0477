using EgressNet.Netlink.Routes;
using EgressNet.Sessions;

namespace EgressNet.Batches;

/// <summary>A route to be written.</summary>
internal sealed class RouteItem(Route route, object? @interface, object target)
{
    private readonly NetRoute? _read;

    public RouteItem(NetRoute read)
        : this(read.Route, null, read) => _read = read;

    public Route Route { get; } = route;

    public object Target { get; } = target;

    public bool IsPutBack => _read is not null;

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
    public Route Resolve(InterfaceLookup interfaces) => _read is not null ? interfaces.Resolve(_read)
        : @interface is null ? Route
        : Route with { InterfaceIndex = interfaces.Require(@interface).Index };
}
