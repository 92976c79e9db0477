using EgressNet.Attachments;
using EgressNet.Nat;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Routes;
using EgressNet.Netlink.Transport;
using EgressNet.Nodes;
using EgressNet.Plans;

namespace EgressNet.Operations;

/// <summary>Warnings about valid but probably unintended requests.</summary>
internal static class CreationWarnings
{
    /// <summary>The warnings for an attachment that is to be created.</summary>
    /// <param name="attachment">What is to be made.</param>
    /// <returns>Sentences.</returns>
    public static IEnumerable<string> Of(EgressKernel kernel, Attachment attachment)
    {
        if (attachment.Has(AddressFamily.IPv6) && LosesDefaultRoute(kernel))
        {
            yield return "IPv6 forwarding is off, and the node's default route comes from router advertisements: once it "
                + "forwards, the kernel heeds them only on interfaces whose accept_ra is 2.";
        }

        foreach (string warning in OfForwardDrops(kernel, attachment))
        {
            yield return warning;
        }

        if (attachment.Has(AddressFamily.IPv4) && UplinkForwarding.FindOff(kernel) is { } off)
        {
            yield return $"{off} is 0: what comes in by the interface of the default route is not forwarded, so that no reply "
                + "reaches a container.";
        }

        foreach (AttachmentAddress address in attachment.Addresses)
        {
            if (!address.Address.IsHost && !address.Address.Contains(address.Gateway))
            {
                yield return $"Gateway '{address.Gateway}' is outside {address.Address.Network}: it is reached by a "
                    + "link route of its own.";
            }

            if (Of(kernel, address.Nat) is { } warning)
            {
                yield return warning;
            }
        }
    }

    /// <summary>Warns of a translation to an address that the node does not have.</summary>
    /// <param name="nat">The translation; null for none.</param>
    /// <returns>A sentence, or null.</returns>
    public static string? Of(EgressKernel kernel, SourceNat? nat) =>
        nat is { IsMasquerade: false } && !IsLocal(kernel, nat.NodeAddress)
            ? $"NatAddress '{nat.NodeAddress}' is not an address of this node: no reply will come back."
            : null;

    /// <summary>The warnings for settings that could not be written.</summary>
    /// <param name="made">The attachment as made.</param>
    /// <returns>Sentences.</returns>
    public static IEnumerable<string> OfReadOnlySettings(Attachment made) => made.ReadOnlySettings.Select(
        setting => $"{setting.Replace('/', '.')} cannot be set here, since /proc/sys is read-only: {made.Id} works without it.");

    private static IEnumerable<string> OfForwardDrops(EgressKernel kernel, Attachment attachment)
    {
        try
        {
            return
            [
                .. kernel.Nat.Current.ForwardDrops.Of(kernel.Host, attachment.HostInterface, attachment.Sources)
                    .Select(drop => $"{drop}"),
            ];
        }
        catch (NetlinkException)
        {
            // The creation itself says so.
            return [];
        }
    }

    private static bool LosesDefaultRoute(EgressKernel kernel) =>
        kernel.Settings.Read(kernel.Node, EgressPlan.IPv6Forwarding) == "0"
        && kernel.Host.Routes
            .List(new RouteFilter { Family = AddressFamily.IPv6, Protocol = RouteProtocol.Ra, Table = RouteTable.Main })
            .Any(route => route.Destination.IsDefault);

    private static bool IsLocal(EgressKernel kernel, InetAddress address)
    {
        try
        {
            return kernel.Host.Routes.Lookup(address).Type == RouteType.Local;
        }
        catch (NetlinkException)
        {
            return false;
        }
    }
}
