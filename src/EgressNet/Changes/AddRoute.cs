using EgressNet.Netlink.Routes;
using EgressNet.Netlink.Transport;

namespace EgressNet.Changes;

/// <summary>Adds a route.</summary>
/// <param name="connect">A connection in its namespace.</param>
/// <param name="text">Its text; null for the usual one.</param>
/// <param name="change">What to do where its key is taken.</param>
internal sealed class AddRoute(
    Func<NetlinkConnection> connect, Route route, string? text = null, RouteChange change = RouteChange.Add) : Change
{
    private Route? _made;

    /// <summary>The route as the kernel has it, once it is made.</summary>
    public Route Made => _made ?? route;

    public override string Text => text ?? $"add route {RouteText.Of(connect, route)}";

    public override string Trace => $"route {RouteText.Of(connect, Made)}";

    public override void Apply() => _made = connect().Routes.WriteAndRead(route, change);

    public override void Undo()
    {
        if ((_made ?? FindOwn()) is { } own)
        {
            connect().Routes.Delete(own);
        }
    }

    // A deletion of what was never added would take the next one of its kind.
    private Route? FindOwn() => connect().Routes
        .List(new RouteFilter { Family = route.Family, Table = route.Table, InterfaceIndex = route.InterfaceIndex })
        .FirstOrDefault(present => present with { Flags = route.Flags, Preference = route.Preference } == route with
        {
            Metric = route.EffectiveMetric,
        });
}
