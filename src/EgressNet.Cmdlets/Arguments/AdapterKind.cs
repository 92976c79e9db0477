namespace EgressNet.Arguments;

/// <summary>The kinds of interfaces that can be made, by the kernel's words in lower case.</summary>
public enum AdapterKind
{
    /// <summary>Several interfaces as one.</summary>
    Bond,

    /// <summary>A switch.</summary>
    Bridge,

    /// <summary>One that drops what it gets.</summary>
    Dummy,

    /// <summary>One that redirected packets pass.</summary>
    Ifb,

    /// <summary>One that shares the MAC address of another.</summary>
    Ipvlan,

    /// <summary>One of its own MAC address on another.</summary>
    Macvlan,

    /// <summary>The same, as a character device.</summary>
    Macvtap,

    /// <summary>A pair for containers, programmed by BPF (Linux 6.7).</summary>
    Netkit,

    /// <summary>A pair: what goes into one end comes out of the other.</summary>
    Veth,

    /// <summary>A VLAN on another interface.</summary>
    Vlan,

    /// <summary>A routing domain of its own.</summary>
    Vrf,

    /// <summary>A VXLAN tunnel (RFC 7348).</summary>
    Vxlan,

    /// <summary>A WireGuard tunnel.</summary>
    Wireguard,
}
