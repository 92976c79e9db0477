using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Links;
using EgressNet.Netlink.Routes;
using EgressNet.Netlink.Transport;
using EgressNet.Nodes;
using EgressNet.Plans;

namespace EgressNet.Operations;

/// <summary>Whether the interface by which replies come in forwards them. IPv4 has a switch for each interface, and the
/// node's sets them all, but one can be switched off by itself.</summary>
internal static class UplinkForwarding
{
    private static readonly InetAddress s_far = InetAddress.Parse("203.0.113.1");

    /// <summary>The setting that is off.</summary>
    /// <param name="kernel">The node.</param>
    /// <returns>Such as <c>net.ipv4.conf.eth0.forwarding</c>; null where it is on, or all of the node is off.</returns>
    public static string? FindOff(EgressKernel kernel)
    {
        if (kernel.Settings.Read(kernel.Node, EgressPlan.IPv4Forwarding) != "1" || Uplink(kernel) is not { } uplink)
        {
            return null;
        }

        string setting = $"net/ipv4/conf/{uplink.Name}/forwarding";
        return kernel.Settings.Read(kernel.Node, setting) == "0" ? setting.Replace('/', '.') : null;
    }

    private static Link? Uplink(EgressKernel kernel)
    {
        try
        {
            return kernel.Host.Links.Find(kernel.Host.Routes.Lookup(s_far).InterfaceIndex);
        }
        catch (NetlinkException)
        {
            return null;
        }
    }
}
