using EgressNet.Netlink.Inet;

namespace EgressNet.Attachments;

/// <summary>The kind of difference between an attachment and its desired state.</summary>
public enum EgressFindingKind
{
    /// <summary>The container's namespace is gone, is another one of that name, or may not be entered; or the pair leads
    /// into another one.</summary>
    NetNamespace,

    /// <summary>The record of the attachment's desired state is missing.</summary>
    Declaration,

    /// <summary>The host's end is not there.</summary>
    HostInterface,

    /// <summary>The host's end is down.</summary>
    HostInterfaceDown,

    /// <summary>The host's end does not carry the owner's alias.</summary>
    HostAlias,

    /// <summary>The host's end lacks the alternative name by which it is found when it was renamed (Linux 5.5).</summary>
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

    /// <summary>IPv6 is disabled on an end, or enabled on the host's end although there is no IPv6 address.</summary>
    IPv6Disabled,

    /// <summary>Duplicate address detection is enabled on an end, which delays the use of an IPv6 address.</summary>
    DuplicateAddressDetection,

    /// <summary>The node does not forward packets.</summary>
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

    /// <summary>The container has the connected route of an address, by which it would ask for neighbours other than the
    /// gateway.</summary>
    ContainerConnectedRoute,

    /// <summary>The node's nf_tables table is missing or differs, or a table of its name belongs to another program.</summary>
    NatTable,

    /// <summary>A chain of another program drops what the node forwards for the container. It is not repaired.</summary>
    ForwardDropped,

    /// <summary>An address is not translated as it should be, or belongs to another owner.</summary>
    Nat,

    /// <summary>The set of further metadata addresses that are blocked for the container differs.</summary>
    Metadata,

    /// <summary>The set of destinations to which an address is not translated differs.</summary>
    NatExclusion,

    /// <summary>The host's end is in another link group, so that another isolation applies.</summary>
    Isolation,

    /// <summary>The host's end is a port of a bridge or of another device, where isolation does not apply.</summary>
    HostMaster,

    /// <summary>An end neither asks for neighbours nor answers them.</summary>
    ArpDisabled,

    /// <summary>The interface of the node's default route does not forward IPv4, so that no reply comes back. Only they who
    /// set it can mend it.</summary>
    UplinkForwarding,
}

/// <summary>One difference.</summary>
/// <param name="Kind">The kind of difference.</param>
/// <param name="Subject">The object that differs, such as an address or an interface.</param>
/// <param name="Expected">The desired value.</param>
/// <param name="Actual">The current value; null where it is missing.</param>
public sealed record EgressFinding(EgressFindingKind Kind, string Subject, string Expected, string? Actual)
{
    /// <summary>The container's address that a finding about NAT concerns; none for other kinds.</summary>
    internal InetAddress Source { get; init; }

    /// <summary>The difference as text.</summary>
    /// <returns>Such as <c>HostMtu of veth1: 1400, not 9001</c>.</returns>
    public override string ToString() => $"{Kind} of {Subject}: {Actual ?? "missing"}, not {Expected}";
}
