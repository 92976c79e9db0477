namespace EgressNet.Netlink.Links;

/// <summary>Flags of a link (IFF_*, linux/if.h).</summary>
[Flags]
public enum LinkFlags : uint
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Administratively up.</summary>
    Up = 0x1,

    /// <summary>Has a broadcast address.</summary>
    Broadcast = 0x2,

    /// <summary>A loopback.</summary>
    Loopback = 0x8,

    /// <summary>Point-to-point.</summary>
    PointToPoint = 0x10,

    /// <summary>Resources are allocated.</summary>
    Running = 0x40,

    /// <summary>Neither ARP nor neighbour discovery.</summary>
    NoArp = 0x80,

    /// <summary>Takes every frame.</summary>
    Promiscuous = 0x100,

    /// <summary>Takes every multicast frame.</summary>
    AllMulticast = 0x200,

    /// <summary>Can multicast.</summary>
    Multicast = 0x1000,

    /// <summary>The driver signals carrier.</summary>
    LowerUp = 0x10000,

    /// <summary>The driver signals dormancy.</summary>
    Dormant = 0x20000,
}

/// <summary>Whether a link can pass packets (RFC 2863 operational status, IF_OPER_*).</summary>
public enum OperationalState : byte
{
    /// <summary>The driver does not say.</summary>
    Unknown = 0,

    /// <summary>Some component is missing.</summary>
    NotPresent = 1,

    /// <summary>Down.</summary>
    Down = 2,

    /// <summary>The layer below is down; for a veth, the other end.</summary>
    LowerLayerDown = 3,

    /// <summary>In test.</summary>
    Testing = 4,

    /// <summary>Waits for an external event.</summary>
    Dormant = 5,

    /// <summary>Up.</summary>
    Up = 6,
}
