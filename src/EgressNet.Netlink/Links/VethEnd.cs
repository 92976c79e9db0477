using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Namespaces;

namespace EgressNet.Netlink.Links;

/// <summary>One end of a veth pair to be created.</summary>
public sealed record VethEnd
{
    /// <summary>Its name of 1 to 15 bytes; one <c>%d</c> in it stands for the first free number.</summary>
    public required string Name { get; init; }

    /// <summary>The namespace it is born in; null for the connection's own.</summary>
    public NetNamespaceHandle? Namespace { get; init; }

    /// <summary>Its address; null lets the kernel draw one.</summary>
    public MacAddress? MacAddress { get; init; }

    /// <summary>Its MTU in bytes, 68 to 65535; null for 1500.</summary>
    public uint? Mtu { get; init; }

    /// <summary>Its transmit queue length in packets; null for 1000.</summary>
    public uint? TransmitQueueLength { get; init; }

    /// <summary>How many queues it has for each direction. Null for one a processor, all but one of them idle until
    /// <c>ethtool -L</c>: a pair with 1 is made in less time.</summary>
    public uint? QueueCount { get; init; }

    /// <summary>The group it is born in; null for the kernel's, 0.</summary>
    public uint? Group { get; init; }

    /// <summary>Its index; null lets the kernel choose. The kernel honours a peer's only together with one for the other
    /// end.</summary>
    public int? Index { get; init; }
}
