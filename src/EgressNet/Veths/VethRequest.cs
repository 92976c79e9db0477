using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Namespaces;

namespace EgressNet.Veths;

/// <summary>A container's veth pair to be made: one end in the container's namespace, the other in the caller's.</summary>
internal sealed record VethRequest
{
    /// <summary>The smallest and largest MTU that the kernel's veth driver takes.</summary>
    public const uint MinMtu = 68, MaxMtu = 65535;

    /// <summary>The smallest MTU with which IPv6 works on a link (RFC 8200, section 5).</summary>
    public const uint MinIPv6Mtu = 1280;

    /// <summary>How many queues each end has for each direction: as many as are used unless somebody raises it, and
    /// the fewer there are the sooner a pair is made.</summary>
    public const uint QueueCount = 1;

    /// <summary>The container's namespace.</summary>
    public required NamespaceReference Namespace { get; init; }

    /// <summary>The name of the container's end.</summary>
    public required string Name { get; init; }

    /// <summary>The name of the host's end; null draws <c>veth</c> and eight hexadecimal digits.</summary>
    public string? HostName { get; init; }

    /// <summary>The alias of the host's end; null for none.</summary>
    public string? HostAlias { get; init; }

    /// <summary>A second name of the host's end, by which it is found when it was renamed; null for none. Linux 5.5.</summary>
    public string? HostAlternativeName { get; init; }

    /// <summary>The group of the host's end; null for the kernel's, 0.</summary>
    public uint? HostGroup { get; init; }

    /// <summary>The MTU of both ends, 68 to 65535; null leaves the kernel's 1500.</summary>
    public uint? Mtu { get; init; }

    /// <summary>The address of the container's end; null lets the kernel draw one.</summary>
    public MacAddress? MacAddress { get; init; }

    /// <summary>The address of the host's end; null lets the kernel draw one.</summary>
    public MacAddress? HostMacAddress { get; init; }

    /// <summary>Whether a veth that has the name in the container's namespace is deleted first. It cannot be
    /// brought back: an error after that says so.</summary>
    public bool Replace { get; init; }
}
