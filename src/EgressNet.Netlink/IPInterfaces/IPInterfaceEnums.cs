namespace EgressNet.Netlink.IPInterfaces;

/// <summary>What an interface does with router advertisements (accept_ra, ip-sysctl).</summary>
public enum RouterAdvertisements
{
    /// <summary>Ignores them.</summary>
    Disabled,

    /// <summary>Takes them, unless it forwards.</summary>
    Enabled,

    /// <summary>Takes them also where it forwards.</summary>
    Always,
}

/// <summary>What an interface does before it uses an IPv6 address (accept_dad, ip-sysctl).</summary>
public enum DuplicateAddressDetection
{
    /// <summary>Uses it at once.</summary>
    Disabled,

    /// <summary>Looks whether another host has it (RFC 4862).</summary>
    Enabled,

    /// <summary>Looks, and switches IPv6 off where the link-local address made of its MAC address is a duplicate.</summary>
    Strict,
}

/// <summary>Whether an interface drops packets by their source (rp_filter, ip-sysctl; RFC 3704). The kernel goes by the
/// higher of the interface's and that of all.</summary>
public enum ReversePathFilter
{
    /// <summary>Takes any source.</summary>
    Disabled,

    /// <summary>Drops what the way back to would be by another interface.</summary>
    Strict,

    /// <summary>Drops what there is no way back to.</summary>
    Loose,
}
