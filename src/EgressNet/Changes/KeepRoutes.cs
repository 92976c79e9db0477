using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Routes;
using EgressNet.Netlink.Transport;

namespace EgressNet.Changes;

/// <summary>Saves the IPv4 routes that the kernel did not make itself. It deletes those out of an interface together with its
/// last address, and those with a preferred source together with that address (fib_sync_down_addr).</summary>
/// <param name="connect">A connection in their namespace.</param>
internal sealed class KeepRoutes(Func<NetlinkConnection> connect) : Change
{
    private Route[] _kept = [];

    public override string Text => "keep the routes";

    public override string Trace => "missing routes";

    public override bool IsToldInParts => true;

    /// <summary>The saved routes that no longer exist, in the order in which they can be added.</summary>
    public IEnumerable<Route> Missing()
    {
        HashSet<Route> present = [.. Read()];
        return _kept.Where(route => !present.Contains(route)).OrderByDescending(route => route.Scope);
    }

    public override void Apply() => _kept = [.. Read()];

    public override void Undo()
    {
        foreach (Route route in Missing().ToArray())
        {
            connect().Routes.Write(route, RouteChange.Append);
        }
    }

    // Flags tell of the moment.
    private IEnumerable<Route> Read() => connect().Routes.List(new RouteFilter { Family = AddressFamily.IPv4 })
        .Where(route => route.Protocol != RouteProtocol.Kernel)
        .Select(route => route with { Flags = route.Flags & RouteFlags.OnLink });
}
