using EgressNet.Netlink.Routes;
using EgressNet.Netlink.Transport;

namespace EgressNet.Changes;

/// <summary>Replaces the route with the same key.</summary>
/// <param name="connect">A connection in its namespace.</param>
/// <param name="present">The route that is there.</param>
/// <param name="wanted">The route to be.</param>
/// <param name="text">The change in words; null for its own.</param>
internal sealed class ReplaceRoute(
    Func<NetlinkConnection> connect, Route present, Route wanted, string? text = null) : Change
{
    private Route? _made;

    /// <summary>The route as the kernel has it, once it is made.</summary>
    public Route Made => _made ?? wanted;

    public override string Text => text ?? $"replace route {RouteText.Of(connect, present)} by {RouteText.Of(connect, wanted)}";

    public override string Trace => $"missing route {RouteText.Of(connect, present)}";

    public override void Apply() => _made = connect().Routes.WriteAndRead(wanted, RouteChange.Change);

    public override void Undo() => connect().Routes.Write(present, RouteChange.Replace);
}
