using EgressNet.Attachments;
using EgressNet.Netlink.Inet;

namespace EgressNet;

/// <summary>One address of a container's egress.</summary>
public sealed class EgressAddress : Comparable<EgressAddress>
{
    private readonly InetPrefix _address;

    internal EgressAddress(AttachmentAddress address)
    {
        _address = address.Address;
        IPAddress = address.Address.Address.ToString();
        PrefixLength = address.Address.Length;
        Gateway = address.Gateway.IsNone ? null : address.Gateway.ToString();
        AddressFamily = address.Address.Family.ToString();
        Nat = EgressNat.KindOf(address.Nat);
        NatAddress = address.Nat is { IsMasquerade: false } nat ? nat.NodeAddress.ToString() : null;
        PortRandomization = EgressNat.PortsOf(address.Nat);
    }

    /// <summary>The address, without length.</summary>
    public string IPAddress { get; }

    /// <summary>The prefix length in bits.</summary>
    public byte PrefixLength { get; }

    /// <summary>The gateway; null where it is not known.</summary>
    public string? Gateway { get; }

    /// <summary>The family.</summary>
    public string AddressFamily { get; }

    /// <summary>How it is translated when packets leave the node.</summary>
    public string Nat { get; }

    /// <summary>The node's address that packets get; null unless one was chosen.</summary>
    public string? NatAddress { get; }

    /// <summary>How the source port is chosen.</summary>
    public string PortRandomization { get; }

    private protected override IEnumerable<object?> Compared => [Gateway, Nat, NatAddress, PortRandomization];

    /// <summary>The address with its prefix length.</summary>
    /// <returns>Such as <c>169.254.172.5/22</c>.</returns>
    public override string ToString() => $"{IPAddress}/{PrefixLength}";

    private protected override int CompareKey(EgressAddress other) => _address.CompareTo(other._address);
}
