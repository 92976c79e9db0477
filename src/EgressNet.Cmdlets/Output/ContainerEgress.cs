using EgressNet.Attachments;
using EgressNet.Nat;
using EgressNet.Netlink.Inet;

namespace EgressNet;

/// <summary>A container's egress.</summary>
public sealed class ContainerEgress : Comparable<ContainerEgress>
{
    internal ContainerEgress(Attachment attachment, bool isHostThere = true)
    {
        Attachment = attachment;
        NamespaceOrigin? origin = attachment.Namespace is { } ns ? new NamespaceOrigin(ns, ns.Identity) : null;
        NetNamespace = origin?.Text;
        Sandbox = origin?.Path;
        HostInterface = isHostThere ? attachment.HostInterface : null;
        Addresses = new(attachment.Addresses.Select(address => new EgressAddress(address)));
    }

    /// <summary>The network's name.</summary>
    public string Network => Attachment.Id.Network;

    /// <summary>The container's id.</summary>
    public string ContainerId => Attachment.Id.ContainerId;

    /// <summary>The name of the container's interface.</summary>
    public string Name => Attachment.Id.InterfaceName;

    /// <summary>The same, under the name that other cmdlets bind.</summary>
    public string InterfaceAlias => Name;

    /// <summary>The container's namespace, by name or path; null where it is gone.</summary>
    public string? NetNamespace { get; }

    /// <summary>The path of the container's namespace, as a CNI result names it; null where it is gone.</summary>
    public string? Sandbox { get; }

    /// <summary>The name of the host's end; null where it is gone.</summary>
    public string? HostInterface { get; }

    /// <summary>The addresses.</summary>
    public TextList<EgressAddress> Addresses { get; }

    /// <summary>The MTU of both ends in bytes.</summary>
    public int Mtu => Attachment.Mtu;

    /// <summary>The MAC address of the container's end; null where it is not known.</summary>
    public string? MacAddress => TextOf(Attachment.MacAddress);

    /// <summary>The MAC address of the host's end; null where it is not known.</summary>
    public string? HostMacAddress => TextOf(Attachment.HostMacAddress);

    /// <summary>Destinations to which no address is translated.</summary>
    public TextList<string> ExcludePrefix => new(Attachment.Excluded.Select(prefix => prefix.ToString()));

    /// <summary>Whether it and the other attachments of the node do not reach each other.</summary>
    public bool IsIsolated => Attachment.Isolation.HasFlag(EgressIsolation.Containers);

    /// <summary>Whether it does not reach the cloud's instance metadata.</summary>
    public bool IsMetadataBlocked => Attachment.Isolation.HasFlag(EgressIsolation.Metadata);

    /// <summary>Metadata addresses beside the usual ones that it does not reach.</summary>
    public TextList<string> MetadataAddress => new(Attachment.MetadataAddresses.Select(address => address.ToString()));

    internal Attachment Attachment { get; }

    private protected override IEnumerable<object?> Compared =>
    [
        NetNamespace, HostInterface, Mtu, MacAddress, HostMacAddress, IsIsolated, IsMetadataBlocked,
        .. Attachment.Addresses, .. Attachment.Excluded.Order(), .. Attachment.MetadataAddresses,
    ];

    /// <summary>The id: network, container and interface.</summary>
    /// <returns>Such as <c>egress/3f2a/eg0</c>.</returns>
    public override string ToString() => Attachment.Id.Owner;

    private static string? TextOf(MacAddress address) => address == default ? null : address.ToString();

    private protected override int CompareKey(ContainerEgress other) => string.CompareOrdinal($"{this}", $"{other}");
}
