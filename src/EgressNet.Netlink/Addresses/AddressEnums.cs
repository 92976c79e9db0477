namespace EgressNet.Netlink.Addresses;

/// <summary>Flags of an interface's address (IFA_F_*, linux/if_addr.h).</summary>
[Flags]
public enum AddressFlags : uint
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>IPv4: another address of the same network came first. IPv6: a privacy address.</summary>
    Secondary = 0x01,

    /// <summary>No duplicate address detection (RFC 4862): usable at once. IPv6 only.</summary>
    NoDad = 0x02,

    /// <summary>Usable while detection runs (RFC 4429).</summary>
    Optimistic = 0x04,

    /// <summary>Detection found a duplicate.</summary>
    DadFailed = 0x08,

    /// <summary>Home address (RFC 6275).</summary>
    HomeAddress = 0x10,

    /// <summary>Past its preferred lifetime.</summary>
    Deprecated = 0x20,

    /// <summary>Detection has not finished: not usable yet.</summary>
    Tentative = 0x40,

    /// <summary>Never expires.</summary>
    Permanent = 0x80,

    /// <summary>The kernel makes privacy addresses from it.</summary>
    ManageTempAddress = 0x100,

    /// <summary>No connected route for its prefix.</summary>
    NoPrefixRoute = 0x200,

    /// <summary>Joins its multicast group.</summary>
    MulticastAutoJoin = 0x400,

    /// <summary>Made by RFC 7217.</summary>
    StablePrivacy = 0x800,
}
