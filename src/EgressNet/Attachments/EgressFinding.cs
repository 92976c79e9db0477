using EgressNet.Netlink.Inet;

namespace EgressNet.Attachments;

/// <summary>In what an attachment differs from how it is meant to be.</summary>
public enum EgressFindingKind
{
    /// <summary>The container's namespace is gone, is another one of that name, or may not be entered; or the pair leads
    /// into another one.</summary>
    NetNamespace,

    /// <summary>The kernel holds no declaration of how the attachment is meant to be.</summary>
    Declaration,

    /// <summary>The host's end is not there.</summary>
    HostInterface,

    /// <summary>The host's end is down.</summary>
    HostInterfaceDown,

    /// <summary>The host's end does not carry the owner's alias.</summary>
    HostAlias,

    /// <summary>The host's end lacks the alternative name by which it is found whatever becomes of its name (Linux 5.5).
    /// </summary>
    HostAlternativeName,

    /// <summary>The host's end has another MTU.</summary>
    HostMtu,

    /// <summary>The host's end has another MAC address.</summary>
    HostMacAddress,

    /// <summary>The host's end lacks a gateway's address.</summary>
    HostAddress,

    /// <summary>The node has no route to an address of the container, or one that leads elsewhere.</summary>
    HostRoute,

    /// <summary>The host's end takes router advertisements.</summary>
    HostRouterAdvertisements,

    /// <summary>IPv6 is off on an end, or on on the host's end although there is no IPv6 address.</summary>
    IPv6Disabled,

    /// <summary>An end does not use an IPv6 address before it has looked for another owner of it.</summary>
    DuplicateAddressDetection,

    /// <summary>The node does not forward.</summary>
    Forwarding,

    /// <summary>The container's end is not there.</summary>
    ContainerInterface,

    /// <summary>The container's end is down.</summary>
    ContainerInterfaceDown,

    /// <summary>The container's end has another MTU.</summary>
    ContainerMtu,

    /// <summary>The container's end has another MAC address.</summary>
    ContainerMacAddress,

    /// <summary>The container's end lacks an address.</summary>
    ContainerAddress,

    /// <summary>The container lacks a route, or has one that leads elsewhere.</summary>
    ContainerRoute,

    /// <summary>The container has the connected route of an address, by which it asks for its neighbours.</summary>
    ContainerConnectedRoute,

    /// <summary>The node's table is missing, something in it differs, or one of its name is somebody else's.</summary>
    NatTable,

    /// <summary>A chain of somebody else's drops what the node forwards for the container. Only they can mend it.
    /// </summary>
    ForwardDropped,

    /// <summary>An address is not translated as it should be, or belongs to another owner.</summary>
    Nat,

    /// <summary>The metadata addresses beside the usual ones that the container is kept from differ.</summary>
    Metadata,

    /// <summary>The destinations to which an address is not translated differ.</summary>
    NatExclusion,

    /// <summary>The host's end is in another group, so that other isolation holds.</summary>
    Isolation,

    /// <summary>The host's end is a port of a bridge or of another device, past which no isolation holds.</summary>
    HostMaster,
}

/// <summary>One difference.</summary>
/// <param name="Kind">What differs.</param>
/// <param name="Subject">Of what, such as an address or an interface.</param>
/// <param name="Expected">What should be.</param>
/// <param name="Actual">What is; null for nothing.</param>
public sealed record EgressFinding(EgressFindingKind Kind, string Subject, string Expected, string? Actual)
{
    /// <summary>The container's address that a finding of its NAT is about; none of any other.</summary>
    internal InetAddress Source { get; init; }

    /// <summary>The difference in words.</summary>
    /// <returns>Such as <c>HostMtu of veth1: 1400, not 9001</c>.</returns>
    public override string ToString() => $"{Kind} of {Subject}: {Actual ?? "missing"}, not {Expected}";
}
