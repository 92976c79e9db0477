using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Wire;

namespace EgressNet.Netlink.Links;

/// <summary>One network interface, as read.</summary>
public sealed record Link
{
    /// <summary>Its index, unique within its namespace only.</summary>
    public required int Index { get; init; }

    /// <summary>Its name, for display: bytes that are not UTF-8 show as U+FFFD.</summary>
    public required string Name { get; init; }

    /// <summary>Its name as the kernel holds it: 1 to 15 bytes of any encoding.</summary>
    public required ReadOnlyMemory<byte> RawName { get; init; }

    /// <summary>Further names of up to 127 bytes that it can be found by.</summary>
    public IReadOnlyList<string> AlternativeNames { get; init; } = [];

    /// <summary>Its kind, such as <c>veth</c>; null for a device that rtnetlink did not create.</summary>
    public string? Kind { get; init; }

    /// <summary>IFLA_INFO_DATA of its kind, as received; empty for kinds without.</summary>
    public ReadOnlyMemory<byte> KindData { get; init; }

    /// <summary>The kind of its master, such as <c>bridge</c>; null without one.</summary>
    public string? PortKind { get; init; }

    /// <summary>The ARPHRD_* hardware type: 1 Ethernet, 772 loopback.</summary>
    public ushort HardwareType { get; init; }

    /// <summary>Its flags.</summary>
    public LinkFlags Flags { get; init; }

    /// <summary>Whether it can pass packets.</summary>
    public OperationalState OperationalState { get; init; }

    /// <summary>Whether it has carrier.</summary>
    public bool HasCarrier { get; init; }

    /// <summary>Its MTU in bytes.</summary>
    public uint Mtu { get; init; }

    /// <summary>Its transmit queue length in packets.</summary>
    public uint TransmitQueueLength { get; init; }

    /// <summary>Its Ethernet address; null where its address is not six bytes long.</summary>
    public MacAddress? MacAddress { get; init; }

    /// <summary>The device it is a port of; 0 for none.</summary>
    public int MasterIndex { get; init; }

    /// <summary>The index of the device below it, or of a veth's other end; 0 for none. It means a device of this
    /// namespace only where <see cref="PeerNamespaceId"/> is null.</summary>
    public int PeerIndex { get; init; }

    /// <summary>The namespace of <see cref="PeerIndex"/>, by this namespace's id for it (nsid, RTM_GETNSID); null for the
    /// same namespace.</summary>
    public int? PeerNamespaceId { get; init; }

    /// <summary>Alias text of up to 255 bytes; null for none.</summary>
    public string? Alias { get; init; }

    /// <summary>The group it belongs to, 0 unless set.</summary>
    public uint Group { get; init; }

    /// <summary>Attributes that no property models.</summary>
    public RawAttributes? Unknown { get; init; }

    /// <summary>Whether it is administratively up.</summary>
    public bool IsUp => Flags.HasFlag(LinkFlags.Up);

    /// <summary>The name and index.</summary>
    /// <returns>Such as <c>eth0 (2)</c>.</returns>
    public override string ToString() => $"{Name} ({Index})";
}
