using EgressNet.Attachments;
using EgressNet.Nat;
using EgressNet.Netlink.Inet;

namespace EgressNet;

/// <summary>One address of a container's egress.</summary>
public sealed class EgressAddress
{
    internal EgressAddress(AttachmentAddress address)
    {
        IPAddress = address.Address.Address.ToString();
        PrefixLength = address.Address.Length;
        Gateway = address.Gateway.IsNone ? null : address.Gateway.ToString();
        AddressFamily = address.Address.Family;
        Nat = EgressNat.KindOf(address.Nat);
        NatAddress = address.Nat is { IsMasquerade: false } nat ? nat.NodeAddress.ToString() : null;
        PortRandomization = address.Nat?.Ports ?? PortRandomization.None;
    }

    /// <summary>The address, without length.</summary>
    public string IPAddress { get; }

    /// <summary>The prefix length in bits.</summary>
    public byte PrefixLength { get; }

    /// <summary>The gateway; null where it is not known.</summary>
    public string? Gateway { get; }

    /// <summary>The family.</summary>
    public AddressFamily AddressFamily { get; }

    /// <summary>How it is translated when packets leave the node.</summary>
    public EgressNatKind Nat { get; }

    /// <summary>The node's address that packets get; null unless one was chosen.</summary>
    public string? NatAddress { get; }

    /// <summary>How the source port is chosen.</summary>
    public PortRandomization PortRandomization { get; }

    /// <summary>The address with its prefix length.</summary>
    /// <returns>Such as <c>169.254.172.5/22</c>.</returns>
    public override string ToString() => $"{IPAddress}/{PrefixLength}";
}
