using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Routes;
using EgressNet.Netlink.Wire;

namespace EgressNet.Netlink.Addresses;

/// <summary>One IPv4 or IPv6 address of an interface, as read and as written.</summary>
public sealed record InterfaceAddress
{
    /// <summary>A lifetime without end.</summary>
    public const uint Forever = uint.MaxValue;

    /// <summary>The highest <see cref="Protocol"/> of addresses that the kernel makes by itself (IFAPROT_KERNEL_LL).</summary>
    public const byte LastProtocolOfKernel = 3;

    /// <summary>The interface's own address and the prefix length that goes with it, or with the peer.</summary>
    public required InetPrefix Local { get; init; }

    /// <summary>The interface.</summary>
    public required int InterfaceIndex { get; init; }

    /// <summary>The other end of a point-to-point address, to which the prefix length then belongs; else none.</summary>
    public InetAddress Peer { get; init; }

    /// <summary>The broadcast address, IPv4 only; none unless given, since the kernel sets none by itself.</summary>
    public InetAddress Broadcast { get; init; }

    /// <summary>How far it may be used.</summary>
    public RouteScope Scope { get; init; }

    /// <summary>Flags. Of those read, the kernel accepts NoDad, Optimistic, HomeAddress, ManageTempAddress, NoPrefixRoute,
    /// MulticastAutoJoin and StablePrivacy when written.</summary>
    public AddressFlags Flags { get; init; }

    /// <summary>The label, IPv4 only: by convention the interface's name, or the name followed by a colon and a suffix. Null
    /// for none.</summary>
    public string? Label { get; init; }

    /// <summary>Seconds of validity left, <see cref="Forever"/> for no end.</summary>
    public uint ValidSeconds { get; init; } = Forever;

    /// <summary>Seconds of preference left, <see cref="Forever"/> for no end; at most the valid ones.</summary>
    public uint PreferredSeconds { get; init; } = Forever;

    /// <summary>Metric of the connected route, 0 for the kernel's default.</summary>
    public uint RouteMetric { get; init; }

    /// <summary>The protocol that added the address (IFA_PROTO, Linux 5.18), 0 for unspecified.</summary>
    public byte Protocol { get; init; }

    /// <summary>Attributes that no property models.</summary>
    public RawAttributes? Unknown { get; init; }

    /// <summary>Where its prefix comes from, as far as the kernel's record tells: an IPv4 address that runs out is taken
    /// for one of DHCP.</summary>
    public PrefixOrigin PrefixOrigin => AddressOrigin.PrefixOf(this);

    /// <summary>Where its host part comes from, likewise.</summary>
    public SuffixOrigin SuffixOrigin => AddressOrigin.SuffixOf(this);

    /// <summary>The family of the address.</summary>
    public AddressFamily Family => Local.Family;

    /// <summary>The address in the words of <c>ip address</c>.</summary>
    /// <returns>Such as <c>192.0.2.5/24 dev 2</c>.</returns>
    public override string ToString() =>
        Peer.IsNone ? $"{Local} dev {InterfaceIndex}" : $"{Local.Address} peer {Peer}/{Local.Length} dev {InterfaceIndex}";
}
