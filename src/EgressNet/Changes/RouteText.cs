using EgressNet.Netlink.Links;
using EgressNet.Netlink.Namespaces;
using EgressNet.Netlink.Routes;
using EgressNet.Netlink.Transport;

namespace EgressNet.Changes;

/// <summary>Routes as text with the interface's name.</summary>
internal static class RouteText
{
    /// <summary>The route with its interface's name, or the index of an interface that is gone.</summary>
    /// <param name="connect">A connection in its namespace.</param>
    public static string Of(Func<NetlinkConnection> connect, Route route)
    {
        try
        {
            return route.ToString(route.InterfaceIndex == 0 ? null : connect().Links.Find(route.InterfaceIndex)?.Name);
        }
        catch (Exception fault) when (fault is NetlinkException or NetlinkTransportException or NetNamespaceException)
        {
            return route.ToString();
        }
    }
}
