using EgressNet.Netlink.Routes;
using EgressNet.Netlink.Transport;

namespace EgressNet.Changes;

/// <summary>Deletes a route.</summary>
/// <param name="connect">A connection in its namespace.</param>
/// <param name="present">The route as read.</param>
/// <param name="where">Where it is, as a person says it; empty for what the route says.</param>
/// <param name="back">The place among routes of its key that it gets back.</param>
/// <param name="named">The route as the deletion has to name it; null for as it was read.</param>
internal sealed class DeleteRoute(
    Func<NetlinkConnection> connect,
    Route present,
    string where = "",
    RouteChange back = RouteChange.Prepend,
    Route? named = null) : Change
{
    public override string Text => $"delete route {RouteText.Of(connect, present)}{where}";

    public override string Trace => $"missing route {RouteText.Of(connect, present)}";

    public override void Apply() => connect().Routes.Delete(named ?? present);

    public override void Undo() => connect().Routes.Write(present, back);
}
