namespace EgressNet.Netlink.Neighbors;

/// <summary>What is known of a neighbor (NUD_*, linux/neighbour.h).</summary>
public enum NeighborState : ushort
{
    /// <summary>Nothing was asked yet. A proxy entry has this state.</summary>
    None = 0,

    /// <summary>Asked for, and not answered yet.</summary>
    Incomplete = 0x01,

    /// <summary>Confirmed of late.</summary>
    Reachable = 0x02,

    /// <summary>Confirmed once; asked again when it is used.</summary>
    Stale = 0x04,

    /// <summary>Used while stale; asked again soon.</summary>
    Delay = 0x08,

    /// <summary>Being asked again.</summary>
    Probe = 0x10,

    /// <summary>Did not answer: the kernel's and <c>ip</c>'s "failed".</summary>
    Unreachable = 0x20,

    /// <summary>Never asked for, such as a multicast group.</summary>
    NoArp = 0x40,

    /// <summary>Set by an administrator, until it is removed.</summary>
    Permanent = 0x80,
}

/// <summary>Flags of a neighbor: NTF_*, and from 256 on NTF_EXT_*.</summary>
[Flags]
public enum NeighborFlags : uint
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>The kernel is to use it at once; in requests only.</summary>
    Use = 0x01,

    /// <summary>The interface answers for the address in the place of the one that has it.</summary>
    Proxy = 0x08,

    /// <summary>Learned by a control plane, which looks after it.</summary>
    ExternallyLearned = 0x10,

    /// <summary>Done by hardware.</summary>
    Offloaded = 0x20,

    /// <summary>An IPv6 router.</summary>
    Router = 0x80,

    /// <summary>The kernel keeps it confirmed by itself (Linux 5.16).</summary>
    Managed = 0x100,
}

/// <summary>How a neighbor is written.</summary>
public enum NeighborChange
{
    /// <summary>Add; EEXIST where the address has an entry on the interface. The kernel replaces a proxy entry
    /// instead.</summary>
    Add,

    /// <summary>Replace the entry of the address, or add it.</summary>
    Replace,

    /// <summary>Replace the entry of the address; ENOENT where there is none.</summary>
    Change,
}
