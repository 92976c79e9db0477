using EgressNet.Netlink.Inet;

namespace EgressNet.Netlink.Links;

/// <summary>A link to be created.</summary>
internal sealed record NewLink
{
    /// <summary>Its name of 1 to 15 bytes.</summary>
    public required string Name { get; init; }

    /// <summary>Its kind and the options of that.</summary>
    public required LinkKind Kind { get; init; }

    /// <summary>The link that it is on; null for none.</summary>
    public Link? Parent { get; init; }

    /// <summary>Whether it is born up.</summary>
    public bool Up { get; init; }

    /// <summary>Its MTU in bytes; null for that of its kind.</summary>
    public uint? Mtu { get; init; }

    /// <summary>Its transmit queue length in packets; null for that of its kind.</summary>
    public uint? TransmitQueueLength { get; init; }

    /// <summary>The device to be a port of; null for none.</summary>
    public int? MasterIndex { get; init; }

    /// <summary>Its group; null for the kernel's, 0.</summary>
    public uint? Group { get; init; }

    /// <summary>Its address; null lets the kernel draw one.</summary>
    public MacAddress? MacAddress { get; init; }
}
