using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Namespaces;

namespace EgressNet.Netlink.Links;

/// <summary>Changes of a link; null leaves a property unchanged.</summary>
/// <remarks>The kernel applies the parts one after another and keeps those before a refused one.</remarks>
public sealed record LinkChange
{
    /// <summary>Administratively up or down.</summary>
    public bool? Up { get; init; }

    /// <summary>Whether neighbours are asked for and answered.</summary>
    public bool? Arp { get; init; }

    /// <summary>A new name of 1 to 15 bytes.</summary>
    public string? Name { get; init; }

    /// <summary>MTU in bytes.</summary>
    public uint? Mtu { get; init; }

    /// <summary>Its address.</summary>
    public MacAddress? MacAddress { get; init; }

    /// <summary>Transmit queue length in packets.</summary>
    public uint? TransmitQueueLength { get; init; }

    /// <summary>Alias text of up to 255 bytes; empty removes it.</summary>
    public string? Alias { get; init; }

    /// <summary>The group to belong to.</summary>
    public uint? Group { get; init; }

    /// <summary>The device to become a port of; 0 leaves its master.</summary>
    public int? MasterIndex { get; init; }

    /// <summary>The namespace to move to. The link goes down and loses its addresses and routes on the way, and may get
    /// another index; with <see cref="Name"/> it is renamed in the same step.</summary>
    public NetNamespaceHandle? Namespace { get; init; }
}
