using EgressNet.Netlink.Inet;

namespace EgressNet.Nat;

/// <summary>How an attachment is meant to be, as far as it concerns one of its addresses. The kernel keeps it with the
/// address, so that a check knows what to compare with although nothing is stored anywhere else.</summary>
public sealed record AttachmentDeclaration
{
    /// <summary>The prefix length of the address.</summary>
    public required byte PrefixLength { get; init; }

    /// <summary>The gateway, of the address's family.</summary>
    public required InetAddress Gateway { get; init; }

    /// <summary>How the address is translated; null for not at all.</summary>
    public SourceNat? Nat { get; init; }

    /// <summary>Whether there are destinations to which it is not translated.</summary>
    public bool HasExclusions { get; init; }

    /// <summary>Whether the default route of the family goes via the gateway.</summary>
    public bool HasDefaultRoute { get; init; }

    /// <summary>What the attachment may not reach.</summary>
    public EgressIsolation Isolation { get; init; }

    /// <summary>The MTU of both ends in bytes.</summary>
    public required ushort Mtu { get; init; }

    /// <summary>The address of the container's end.</summary>
    public required MacAddress MacAddress { get; init; }

    /// <summary>The address of the host's end.</summary>
    public required MacAddress HostMacAddress { get; init; }
}
