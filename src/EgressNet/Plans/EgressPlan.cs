using EgressNet.Attachments;
using EgressNet.Nat;
using EgressNet.Netlink.Addresses;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Links;
using EgressNet.Netlink.Routes;
using EgressNet.PointToPoint;
using EgressNet.Veths;

namespace EgressNet.Plans;

/// <summary>All that makes an attachment, as data, in the order in which it is made: translation stands before the
/// container's end is up, so no packet leaves the node with the container's address.</summary>
public sealed class EgressPlan
{
    internal const string IPv4Forwarding = "net/ipv4/ip_forward";
    internal const string IPv6Forwarding = "net/ipv6/conf/all/forwarding";
    private readonly Attachment _attachment;
    private readonly EgressEnd _host;
    private readonly EgressEnd _container;

    /// <summary>Plans an attachment, without reading or changing anything.</summary>
    /// <param name="attachment">The attachment, with its namespace.</param>
    /// <exception cref="AttachmentException">It cannot be made.</exception>
    public EgressPlan(Attachment attachment)
    {
        if (!attachment.IsDeclared)
        {
            throw new AttachmentException(
                AttachmentError.NotDeclared,
                $"The desired state of {attachment.Id} is missing: its record is lost.");
        }

        AttachmentRules.ThrowIfInvalid(attachment);
        if (attachment.Namespace is null)
        {
            throw new AttachmentException(
                AttachmentError.NamespaceGone, $"The network namespace of {attachment.Id} cannot be found.");
        }

        _attachment = attachment;
        _host = new EgressEnd(EgressSide.Host, attachment.HostInterface, null);
        _container = new EgressEnd(EgressSide.Container, attachment.Id.InterfaceName, attachment.Namespace);
        AttachmentRules.ThrowIfTooMany(Nat.Entries);
        Steps =
        [
            new RecordStep(attachment), .. Forwarding, Veth, .. Settings, HostEnd,
            .. HostAddresses, .. HostRoutes, Nat, ContainerEnd, .. ContainerAddresses, .. ContainerRoutes,
        ];
    }

    /// <summary>The attachment.</summary>
    public Attachment Attachment => _attachment;

    /// <summary>The steps in order.</summary>
    public IReadOnlyList<EgressStep> Steps { get; }

    private uint HostGroup => _attachment.MetadataAddresses.Count > 0
        ? EgressGroup.OfOne(_attachment.Isolation)
        : EgressGroup.Of(_attachment.Isolation);

    private VethStep Veth => new(
        new VethRequest
        {
            Namespace = _attachment.Namespace!,
            Name = _container.Name,
            HostName = _host.Name,
            HostAlias = _attachment.Id.Alias,
            HostGroup = HostGroup,
            Mtu = _attachment.Mtu,
            MacAddress = _attachment.MacAddress,
            HostMacAddress = _attachment.HostMacAddress,
        },
        _attachment.Id);

    private IEnumerable<SettingStep> Forwarding
    {
        get
        {
            if (_attachment.Has(AddressFamily.IPv4))
            {
                yield return Forward(IPv4Forwarding);
            }

            if (_attachment.Has(AddressFamily.IPv6))
            {
                yield return Forward(IPv6Forwarding);
            }
        }
    }

    private IEnumerable<SettingStep> Settings
    {
        get
        {
            if (_attachment.Has(AddressFamily.IPv4))
            {
                // IPv6 forwards for all interfaces or for none.
                yield return new SettingStep(
                    EgressSide.Host, $"net/ipv4/conf/{_host.Name}/forwarding", "1", EgressFindingKind.Forwarding);
            }

            yield return Setting(_host, "accept_ra", "0", EgressFindingKind.HostRouterAdvertisements);
            if (_attachment.Has(AddressFamily.IPv6))
            {
                foreach (EgressEnd end in (EgressEnd[])[_host, _container])
                {
                    yield return Setting(end, "disable_ipv6", "0", EgressFindingKind.IPv6Disabled);

                    // The node asks for a container with its link-local address, which without this the kernel would
                    // not use for more than a second. Nobody but the two ends is on the link.
                    yield return Setting(end, "accept_dad", "0", EgressFindingKind.DuplicateAddressDetection);
                }
            }
            else
            {
                // Each interface with IPv6 adds to the node's one list of routes to ff00::/8 and of those to fe80::/64.
                yield return Setting(_host, "disable_ipv6", "1", EgressFindingKind.IPv6Disabled);
            }
        }
    }

    private LinkStep HostEnd => new(
        _host, new LinkChange { Up = true, Alias = _attachment.Id.Alias, Group = HostGroup });

    private IEnumerable<AddressStep> HostAddresses
    {
        get
        {
            HashSet<InetAddress> seen = [];
            return _attachment.Addresses.Where(each => seen.Add(each.Gateway)).Select(each => HostAddress(each.Gateway));
        }
    }

    private IEnumerable<HostRouteStep> HostRoutes =>
        from address in _attachment.Addresses
        let prefix = InetPrefix.Host(address.Address.Address)
        select new HostRouteStep(
            _host,
            new Route { Destination = prefix, Scope = Route.ScopeFor(prefix, RouteType.Unicast, hasGateway: false) },
            _attachment.Id);

    private NatStep Nat => new([.. _attachment.Addresses.Select(Entry)]);

    private LinkStep ContainerEnd => new(_container, new LinkChange { Up = true });

    private IEnumerable<AddressStep> ContainerAddresses =>
        from address in _attachment.Addresses
        select new AddressStep(
            _container, Address(address.Address, _container.Name, AddressFlags.NoPrefixRoute), address.Gateway);

    private IEnumerable<RouteStep> ContainerRoutes
    {
        get
        {
            // Addresses behind one gateway share its route.
            HashSet<InetPrefix> seen = [];
            IEnumerable<Route> own = _attachment.Addresses
                .SelectMany(each => new PointToPointPlan
                {
                    Address = each.Address,
                    Gateway = each.Gateway,
                    InterfaceIndex = 0,
                }.Routes)
                .Where(route => seen.Add(route.Destination));
            IEnumerable<Route> further =
                _attachment.Routes.Where(route => !_attachment.Brings(route)).Select(route => route.ToRoute());
            return own.Concat(further).Select(route => new RouteStep(_container, route));
        }
    }

    private static SettingStep Forward(string setting) =>
        new(EgressSide.Host, setting, "1", EgressFindingKind.Forwarding);

    private static SettingStep Setting(EgressEnd end, string setting, string value, EgressFindingKind kind) =>
        new(end.Side, $"net/ipv6/conf/{end.Name}/{setting}", value, kind);

    private AddressStep HostAddress(InetAddress gateway) =>
        new(_host, Address(InetPrefix.Host(gateway), _host.Name) with
        {
            Scope = gateway.Family == AddressFamily.IPv4 || gateway.IsLinkLocal ? RouteScope.Link : RouteScope.Global,

            // The kernel chooses no address for the node's own connections that is past its preference. IPv4 has the
            // scope for that.
            PreferredSeconds = gateway.Family == AddressFamily.IPv6 ? 0 : InterfaceAddress.Forever,
        });

    private static InterfaceAddress Address(InetPrefix local, string label, AddressFlags flags = AddressFlags.None) =>
        new()
        {
            Local = local,
            InterfaceIndex = 0,
            Label = local.Family == AddressFamily.IPv4 ? label : null,
            Flags = local.Family == AddressFamily.IPv6 ? flags | AddressFlags.NoDad : flags,
        };

    private NatEntry Entry(AttachmentAddress address)
    {
        AddressFamily family = address.Address.Family;
        bool isFirst = address == _attachment.Addresses.First(each => each.Address.Family == family);
        return new NatEntry
        {
            Source = address.Address.Address,
            Owner = _attachment.Id.Owner,
            Nat = address.Nat,
            Excluded = address.Nat is null || _attachment.Excluded.Count == 0
                ? []
                : [.. _attachment.Excluded.Where(prefix => prefix.Family == family)],
            Metadata = !isFirst || _attachment.MetadataAddresses.Count == 0
                ? []
                :
                [
                    .. _attachment.MetadataAddresses.Where(each => each.Family == family)
                        .Select(each => new MetadataPair(HostGroup, each)),
                ],
            IsOfAttachment = true,
        };
    }
}
