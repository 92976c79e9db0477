using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Wire;

namespace EgressNet.Netlink.Links;

/// <summary>The kind of a link to be created; as such, one without options, such as <c>ifb</c>.</summary>
/// <param name="Name">The kernel's word for it (IFLA_INFO_KIND).</param>
internal record LinkKind(string Name)
{
    private protected virtual string Text => Name;

    /// <summary>The kind in the words of <c>ip link</c>.</summary>
    /// <returns>Such as <c>veth peer name v1</c>.</returns>
    public sealed override string ToString() => Text;

    /// <summary>Writes what IFLA_INFO_DATA holds.</summary>
    internal virtual void WriteOptions(ref NetlinkWriter writer)
    {
    }
}

/// <summary>A bridge.</summary>
internal sealed record BridgeKind() : LinkKind("bridge")
{
    /// <summary>Whether it tells VLANs apart; null for the kernel's default, off.</summary>
    public bool? VlanFiltering { get; init; }

    /// <summary>Whether it takes part in the spanning tree protocol; null for the kernel's default, off.</summary>
    public bool? SpanningTree { get; init; }

    internal override void WriteOptions(ref NetlinkWriter writer)
    {
        if (SpanningTree is { } tree)
        {
            writer.Attribute(IFLA_BR.IFLA_BR_STP_STATE, tree ? 1u : 0u);
        }

        if (VlanFiltering is { } filtering)
        {
            writer.Attribute(IFLA_BR.IFLA_BR_VLAN_FILTERING, filtering ? (byte)1 : (byte)0);
        }
    }
}

/// <summary>A veth pair.</summary>
/// <param name="Peer">The other end.</param>
internal sealed record VethKind(VethEnd Peer) : LinkKind("veth")
{
    private protected override string Text => $"{Name} peer name {Peer.Name}";

    internal override void WriteOptions(ref NetlinkWriter writer) =>
        LinkMessage.WritePeer(ref writer, VETH_INFO.VETH_INFO_PEER, Peer);
}

/// <summary>A netkit pair (Linux 6.7).</summary>
/// <param name="Peer">The other end.</param>
/// <param name="Mode">0 for L2, 1 for L3; null for the kernel's default, L3.</param>
internal sealed record NetkitKind(VethEnd Peer, uint? Mode) : LinkKind("netkit")
{
    private protected override string Text => $"{Name} peer name {Peer.Name}";

    internal override void WriteOptions(ref NetlinkWriter writer)
    {
        if (Mode is { } mode)
        {
            writer.Attribute(IFLA_NETKIT.IFLA_NETKIT_MODE, mode);
        }

        LinkMessage.WritePeer(ref writer, IFLA_NETKIT.IFLA_NETKIT_PEER_INFO, Peer);
    }
}

/// <summary>A link of its own MAC address on another one, as a device or as a character device.</summary>
/// <param name="Name"><c>macvlan</c> or <c>macvtap</c>.</param>
/// <param name="Mode">MACVLAN_MODE_*; null for the kernel's default, VEPA.</param>
internal sealed record MacvlanKind(string Name, uint? Mode) : LinkKind(Name)
{
    internal override void WriteOptions(ref NetlinkWriter writer)
    {
        if (Mode is { } mode)
        {
            writer.Attribute(IFLA_MACVLAN.IFLA_MACVLAN_MODE, mode);
        }
    }
}

/// <summary>A link that shares the MAC address of another one.</summary>
/// <param name="Mode">IPVLAN_MODE_*; null for the kernel's default, L3.</param>
internal sealed record IpvlanKind(ushort? Mode) : LinkKind("ipvlan")
{
    internal override void WriteOptions(ref NetlinkWriter writer)
    {
        if (Mode is { } mode)
        {
            writer.Attribute(IFLA_IPVLAN.IFLA_IPVLAN_MODE, mode);
        }
    }
}

/// <summary>A VLAN on another link.</summary>
/// <param name="Id">Its number, 0 to 4094.</param>
internal sealed record VlanKind(ushort Id) : LinkKind("vlan")
{
    private protected override string Text => $"{Name} id {Id}";

    internal override void WriteOptions(ref NetlinkWriter writer) => writer.Attribute(IFLA_VLAN.IFLA_VLAN_ID, Id);
}

/// <summary>A VXLAN tunnel (RFC 7348).</summary>
/// <param name="Id">The VXLAN network identifier, 0 to 16777215.</param>
internal sealed record VxlanKind(uint Id) : LinkKind("vxlan")
{
    /// <summary>The link that tunnelled packets leave by; null for as they are routed.</summary>
    public Link? Parent { get; init; }

    /// <summary>The source of tunnelled packets; none for the kernel's choice.</summary>
    public InetAddress Local { get; init; }

    /// <summary>The other end, or the multicast group of all ends; none for those in the forwarding table.</summary>
    public InetAddress Remote { get; init; }

    /// <summary>The UDP port of the other ends.</summary>
    public ushort Port { get; init; }

    private protected override string Text => $"{Name} id {Id}";

    internal override void WriteOptions(ref NetlinkWriter writer)
    {
        writer.Attribute(IFLA_VXLAN.IFLA_VXLAN_ID, Id);
        Write(ref writer, Remote, IFLA_VXLAN.IFLA_VXLAN_GROUP, IFLA_VXLAN.IFLA_VXLAN_GROUP6);
        Write(ref writer, Local, IFLA_VXLAN.IFLA_VXLAN_LOCAL, IFLA_VXLAN.IFLA_VXLAN_LOCAL6);
        if (Parent is not null)
        {
            writer.Attribute(IFLA_VXLAN.IFLA_VXLAN_LINK, (uint)Parent.Index);
        }

        writer.BigEndian16(IFLA_VXLAN.IFLA_VXLAN_PORT, Port);
    }

    private static void Write(ref NetlinkWriter writer, InetAddress address, IFLA_VXLAN ipv4, IFLA_VXLAN ipv6)
    {
        if (!address.IsNone)
        {
            writer.Attribute(address.Family == AddressFamily.IPv4 ? ipv4 : ipv6, address);
        }
    }
}

/// <summary>A VRF: its ports' packets are routed by a table of its own.</summary>
/// <param name="Table">The routing table.</param>
internal sealed record VrfKind(uint Table) : LinkKind("vrf")
{
    private protected override string Text => $"{Name} table {Table}";

    internal override void WriteOptions(ref NetlinkWriter writer) => writer.Attribute(IFLA_VRF.IFLA_VRF_TABLE, Table);
}

/// <summary>A bond of several links.</summary>
/// <param name="Mode">BOND_MODE_*; null for the kernel's default, balance-rr.</param>
internal sealed record BondKind(byte? Mode) : LinkKind("bond")
{
    internal override void WriteOptions(ref NetlinkWriter writer)
    {
        if (Mode is { } mode)
        {
            writer.Attribute(IFLA_BOND.IFLA_BOND_MODE, mode);
        }
    }
}
