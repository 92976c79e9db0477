using System.Text;
using EgressNet.Netlink.Inet;
using EgressNet.PointToPoint;
using EgressNet.Veths;

namespace EgressNet.Attachments;

/// <summary>What is refused before anything is touched.</summary>
public static class AttachmentRules
{
    /// <summary>Refuses an attachment that cannot be made.</summary>
    /// <param name="attachment">The attachment.</param>
    /// <exception cref="AttachmentException">It breaks a rule, which the message names with the value.</exception>
    public static void ThrowIfInvalid(Attachment attachment)
    {
        ThrowIfInvalid(attachment.Id);
        if (attachment.Addresses.Count == 0)
        {
            throw new AttachmentException(AttachmentError.InvalidAddress, $"{attachment.Id} has no IPAddress.");
        }

        HashSet<InetAddress> seen = [];
        foreach (AttachmentAddress address in attachment.Addresses)
        {
            ThrowIfInvalid(address);
            if (!seen.Add(address.Address.Address))
            {
                throw new AttachmentException(
                    AttachmentError.InvalidAddress, $"IPAddress '{address.Address.Address}' is given twice.");
            }
        }

        if (attachment.Mtu < VethRequest.MinIPv6Mtu && attachment.Families.Contains(AddressFamily.IPv6))
        {
            throw new AttachmentException(
                AttachmentError.MtuTooSmallForIPv6,
                $"Mtu {attachment.Mtu} is too small: IPv6 needs {VethRequest.MinIPv6Mtu}.");
        }

        foreach (InetPrefix excluded in attachment.Excluded)
        {
            if (!attachment.Families.Contains(excluded.Family))
            {
                throw new AttachmentException(
                    AttachmentError.InvalidNat, $"ExcludePrefix '{excluded}' is of a family that no IPAddress has.");
            }
        }
    }

    private static void ThrowIfInvalid(AttachmentId id)
    {
        foreach ((string name, string value) in
            ((string, string)[])[("Network", id.Network), ("ContainerId", id.ContainerId)])
        {
            if (AttachmentId.FaultOf(value) is { } fault)
            {
                throw new AttachmentException(AttachmentError.InvalidId, $"{name} '{value}' is none. {fault}");
            }
        }

        if (Encoding.UTF8.GetByteCount(id.Owner) is > AttachmentId.MaxOwnerBytes and int bytes)
        {
            throw new AttachmentException(
                AttachmentError.InvalidId,
                $"ContainerId '{id.ContainerId}' is too long: with Network and Name it has {bytes} bytes, and "
                + $"{AttachmentId.MaxOwnerBytes} fit into what the kernel keeps with an interface and an address.");
        }
    }

    private static void ThrowIfInvalid(AttachmentAddress address)
    {
        if (address.Address.Address is { IsMulticast: true } or { IsUnspecified: true } or { IsLoopback: true })
        {
            throw new AttachmentException(
                AttachmentError.InvalidAddress, $"IPAddress '{address.Address}' is none that a container can have.");
        }

        if (PointToPointPlan.FaultOf(address.Address, address.Gateway) is { } fault)
        {
            throw new AttachmentException(
                AttachmentError.InvalidGateway,
                $"Gateway '{address.Gateway}' cannot be the gateway of {address.Address}. {fault}");
        }

        if (address.Nat is { IsMasquerade: false } nat && nat.NodeAddress.Family != address.Address.Family)
        {
            throw new AttachmentException(
                AttachmentError.InvalidNat,
                $"NatAddress '{nat.NodeAddress}' is not of the family of {address.Address}.");
        }
    }
}
