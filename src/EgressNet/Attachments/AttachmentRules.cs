using System.Text;
using EgressNet.Gateways;
using EgressNet.Nat;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Links;
using EgressNet.Netlink.Routes;
using EgressNet.PointToPoint;
using EgressNet.Veths;

namespace EgressNet.Attachments;

/// <summary>Validation of an attachment, before anything is changed.</summary>
internal static class AttachmentRules
{
    // RFC 1122 and RFC 8190: no packet has one of these as its source.
    private static readonly InetPrefix s_thisNetwork = InetPrefix.Parse("0.0.0.0/8"),
        s_broadcast = InetPrefix.Parse("255.255.255.255/32"), s_mapped = InetPrefix.Parse("::ffff:0:0/96");

    /// <summary>Throws for an attachment that cannot be created.</summary>
    /// <exception cref="AttachmentException">It breaks a rule, which the message names with the value.</exception>
    public static void ThrowIfInvalid(Attachment attachment)
    {
        ThrowIfInvalid(attachment.Id);
        if (attachment.Addresses.Count == 0)
        {
            throw new AttachmentException(AttachmentError.InvalidAddress, $"{attachment.Id} has no IPAddress.");
        }

        HashSet<InetAddress> seen = [];
        foreach (AttachmentAddress address in attachment.Addresses)
        {
            ThrowIfInvalid(address);
            if (!seen.Add(address.Address.Address))
            {
                throw new AttachmentException(
                    AttachmentError.InvalidAddress, $"IPAddress '{address.Address.Address}' is given twice.");
            }
        }

        foreach (InetAddress gateway in attachment.ClaimedGateways)
        {
            if (seen.Contains(gateway))
            {
                throw new AttachmentException(
                    AttachmentError.InvalidGateway, $"Gateway '{gateway}' is an IPAddress of the same container.");
            }
        }

        if (Validate(attachment.HostInterface) is { } fault)
        {
            throw new AttachmentException(
                AttachmentError.InvalidId, $"HostInterface '{attachment.HostInterface}' is no name. {fault}");
        }

        if (attachment.Mtu < VethRequest.MinMtu)
        {
            throw new AttachmentException(
                AttachmentError.InvalidMtu, $"Mtu {attachment.Mtu} is too small: a link needs {VethRequest.MinMtu}.");
        }

        if (attachment.Mtu < VethRequest.MinIPv6Mtu && attachment.Has(AddressFamily.IPv6))
        {
            throw new AttachmentException(
                AttachmentError.MtuTooSmallForIPv6,
                $"Mtu {attachment.Mtu} is too small: IPv6 needs {VethRequest.MinIPv6Mtu}.");
        }

        ThrowIfInvalidRoute(attachment);
        foreach (InetAddress metadata in attachment.MetadataAddresses)
        {
            string? wrong = !attachment.Isolation.HasFlag(EgressIsolation.Metadata) ? "needs BlockMetadata."
                : !attachment.Has(metadata.Family) ? $"is {metadata.Family}, but IPAddress contains no {metadata.Family} address."
                : attachment.Addresses.Any(each => each.Gateway == metadata) ? "is a Gateway."
                : null;
            if (wrong is not null)
            {
                throw new AttachmentException(
                    AttachmentError.InvalidMetadata, $"MetadataAddress '{metadata}' {wrong}");
            }
        }

        foreach (InetPrefix excluded in attachment.Excluded)
        {
            ThrowIfUnused(attachment, excluded.Family, $"ExcludePrefix '{excluded}'");
        }
    }

    /// <summary>Throws for source NAT addresses whose family none of the attachment's addresses has.</summary>
    /// <param name="nodeAddresses">The node's addresses that its packets are to get.</param>
    /// <exception cref="AttachmentException">One is of a family that the attachment has no address of.</exception>
    public static void ThrowIfUnused(Attachment attachment, IEnumerable<InetAddress> nodeAddresses)
    {
        foreach (InetAddress address in nodeAddresses)
        {
            ThrowIfUnused(attachment, address.Family, $"NatAddress '{address}'");
        }
    }

    private static void ThrowIfUnused(Attachment attachment, AddressFamily family, string argument)
    {
        if (!attachment.Has(family))
        {
            throw new AttachmentException(
                AttachmentError.InvalidNat, $"{argument} is {family}, but IPAddress contains no {family} address.");
        }
    }

    /// <summary>Throws for more entries than one transaction can add, and undo, as a whole.</summary>
    /// <param name="entries">All entries of one owner.</param>
    /// <exception cref="AttachmentException">They are; the message names the parameter and how many it may bring.</exception>
    public static void ThrowIfTooMany(IReadOnlyList<NatEntry> entries)
    {
        if (NatCapacity.Validate(entries) is { } fault)
        {
            throw new AttachmentException(AttachmentError.InvalidNat, fault);
        }
    }

    /// <summary>Throws for an invalid source NAT entry.</summary>
    /// <exception cref="AttachmentException">Its address is none of a container, or something has the other family.</exception>
    public static void ThrowIfInvalid(NatEntry entry)
    {
        if (entry.Source is { IsMulticast: true } or { IsUnspecified: true } or { IsLoopback: true }
            || s_thisNetwork.Contains(entry.Source) || s_broadcast.Contains(entry.Source) || s_mapped.Contains(entry.Source)
            || MetadataAddress.Has(entry.Source))
        {
            throw new AttachmentException(
                AttachmentError.InvalidAddress, $"IPAddress '{entry.Source}' cannot be the address of a container.");
        }

        if (entry.Nat is { IsMasquerade: false } nat && nat.NodeAddress.Family != entry.Source.Family)
        {
            throw new AttachmentException(
                AttachmentError.InvalidNat, $"NatAddress '{nat.NodeAddress}' is not of the family of {entry.Source}.");
        }

        if (entry.Nat?.NodeAddress is { IsMulticast: true } or { IsUnspecified: true } or { IsLoopback: true })
        {
            throw new AttachmentException(
                AttachmentError.InvalidNat, $"NatAddress '{entry.Nat.NodeAddress}' cannot be a source address of the node.");
        }

        foreach (InetPrefix excluded in entry.Excluded)
        {
            if (excluded.Family != entry.Source.Family)
            {
                throw new AttachmentException(
                    AttachmentError.InvalidNat, $"ExcludePrefix '{excluded}' is not of the family of {entry.Source}.");
            }
        }
    }

    /// <summary>Throws for an invalid id.</summary>
    /// <exception cref="AttachmentException">A part breaks the rule for it, or all are too long together.</exception>
    public static void ThrowIfInvalid(AttachmentId id)
    {
        foreach ((string name, string value) in
            ((string, string)[])[("Network", id.Network), ("ContainerId", id.ContainerId)])
        {
            if (AttachmentId.Validate(value) is { } fault)
            {
                throw new AttachmentException(AttachmentError.InvalidId, $"{name} '{value}' is invalid. {fault}");
            }
        }

        if (Validate(id.InterfaceName) is { } bad)
        {
            throw new AttachmentException(AttachmentError.InvalidId, $"Name '{id.InterfaceName}' is invalid. {bad}");
        }

        if (Encoding.UTF8.GetByteCount(id.Owner) is > AttachmentId.MaxOwnerBytes and int bytes)
        {
            throw new AttachmentException(
                AttachmentError.InvalidId,
                $"ContainerId '{id.ContainerId}' is too long: with Network and Name it has {bytes} bytes, and "
                + $"{AttachmentId.MaxOwnerBytes} fit into what the kernel keeps with an interface and an address.");
        }
    }

    // The names are in comments and sets of the table, and nft knows no way to write that character.
    private static string? Validate(string interfaceName) => InterfaceName.Validate(interfaceName)
        ?? (interfaceName.Contains('"') ? "It contains '\"', with which nft could not load a saved rule set." : null);

    private static void ThrowIfInvalidRoute(Attachment attachment)
    {
        HashSet<(InetPrefix, uint, uint)> seen = [];
        foreach (AttachmentRoute route in attachment.Routes)
        {
            string? fault = !seen.Add((route.Destination, route.Table, route.Metric)) ? "It is given twice."
                : attachment.AddressOf(route) is { } address ? Validate(route, address)
                : Validate(route);
            if (fault is not null)
            {
                throw new AttachmentException(
                    AttachmentError.InvalidRoute, $"Route '{route.Destination}' cannot be added. {fault}");
            }
        }
    }

    private static string? Validate(AttachmentRoute route) => route switch
    {
        { Destination.HasHostBits: true } => $"Its network is {route.Destination.Network}.",
        { Table: 0 } => "Table 0 is invalid.",
        { IsOnLink: true, Gateway.IsNone: false } => $"Scope '{route.Scope}' has no gateway, and it has '{route.Gateway}'.",
        { Scope: not RouteScope.Global, Destination.Family: AddressFamily.IPv6 } =>
            $"Scope '{route.Scope}' is for IPv4 alone.",
        { IsOnLink: false } when route.Gateway.Family != route.Destination.Family =>
            $"Gateway '{route.Gateway}' is not of its family.",
        { Mtu: > AttachmentRoute.MaxMtu } => $"MTU {route.Mtu} is more than {AttachmentRoute.MaxMtu}.",
        { AdvertisedMss: > AttachmentRoute.MaxAdvertisedMss } =>
            $"Advertised MSS {route.AdvertisedMss} is more than {AttachmentRoute.MaxAdvertisedMss}.",
        _ => null,
    };

    // What the address brings is made the address's way.
    private static string? Validate(AttachmentRoute route, AttachmentAddress address) =>
        route with { Gateway = default, Scope = default } == new AttachmentRoute(route.Destination, default)
        && (route.Gateway.IsNone || route.Gateway == address.Gateway)
        && route.Scope is RouteScope.Global or RouteScope.Link
            ? null
            : $"Address {address.Address} already adds this route, via {address.Gateway} and without other attributes.";

    private static void ThrowIfInvalid(AttachmentAddress address)
    {
        ThrowIfInvalid(new NatEntry { Source = address.Address.Address, Owner = "", Nat = address.Nat });
        if (GatewayRules.IsEndOf(address.Address, address.Address.Address))
        {
            throw new AttachmentException(
                AttachmentError.InvalidAddress,
                $"IPAddress '{address.Address.Address}' cannot be the address of a container. It is the network or broadcast "
                + $"address of {address.Address.Network}.");
        }

        // The node would take its own requests for metadata for its own to answer.
        string? fault = MetadataAddress.Has(address.Gateway)
            ? "It is an address of instance metadata."
            : PointToPointPlan.Validate(address.Address, address.Gateway);
        if (fault is not null)
        {
            throw new AttachmentException(
                AttachmentError.InvalidGateway,
                $"Gateway '{address.Gateway}' cannot be the gateway of {address.Address}. {fault}");
        }
    }
}
