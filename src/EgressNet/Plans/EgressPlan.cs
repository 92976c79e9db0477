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
    private readonly string _where;

    /// <summary>Plans an attachment; nothing is looked at and nothing is touched.</summary>
    /// <param name="attachment">The attachment, with its namespace.</param>
    /// <exception cref="AttachmentException">It cannot be made.</exception>
    public EgressPlan(Attachment attachment)
    {
        if (!attachment.IsDeclared)
        {
            throw new AttachmentException(
                AttachmentError.NotDeclared,
                $"How {attachment.Id} is meant to be is not known any more: the node's table has lost it.");
        }

        AttachmentRules.ThrowIfInvalid(attachment);
        if (attachment.Namespace is null)
        {
            throw new AttachmentException(
                AttachmentError.NamespaceGone, $"The network namespace of {attachment.Id} cannot be found.");
        }

        _attachment = attachment;
        _where = $"dev {attachment.Id.InterfaceName} in {attachment.Namespace}";
        Steps =
        [
            .. attachment.Families.Select(Forwarding), Veth, .. Settings, HostEnd, .. HostAddresses, .. HostRoutes,
            Nat, ContainerEnd, .. ContainerAddresses, .. ContainerRoutes,
        ];
    }

    /// <summary>The attachment.</summary>
    public Attachment Attachment => _attachment;

    /// <summary>The steps in order.</summary>
    public IReadOnlyList<EgressStep> Steps { get; }

    private string HostName => _attachment.HostInterface;

    private VethStep Veth => new(
        $"add veth {HostName}, peer {_attachment.Id.InterfaceName} in {_attachment.Namespace}, "
            + $"mtu {_attachment.Mtu}",
        new VethRequest
        {
            Namespace = _attachment.Namespace!,
            Name = _attachment.Id.InterfaceName,
            HostName = HostName,
            Mtu = _attachment.Mtu,
            MacAddress = _attachment.MacAddress,
            HostMacAddress = _attachment.HostMacAddress,
        });

    private IEnumerable<SettingStep> Settings
    {
        get
        {
            yield return Setting(EgressSide.Host, $"net/ipv6/conf/{HostName}/accept_ra", "0");
            if (_attachment.Families.Contains(AddressFamily.IPv6))
            {
                foreach ((EgressSide side, string name) in
                    ((EgressSide, string)[])[(EgressSide.Host, HostName), (EgressSide.Container, _attachment.Id.InterfaceName)])
                {
                    yield return Setting(side, $"net/ipv6/conf/{name}/disable_ipv6", "0");

                    // The node asks for a container with its link-local address, which without this the kernel would
                    // not use for more than a second. Nobody but the two ends is on the link.
                    yield return Setting(side, $"net/ipv6/conf/{name}/accept_dad", "0");
                }
            }
            else
            {
                // Each interface with IPv6 adds to the node's one list of routes to ff00::/8 and of those to fe80::/64.
                yield return Setting(EgressSide.Host, $"net/ipv6/conf/{HostName}/disable_ipv6", "1");
            }
        }
    }

    private LinkStep HostEnd => new(
        EgressSide.Host,
        $"set link {HostName} up, alias {_attachment.Id.Alias}, group {EgressGroup.Of(_attachment.Isolation)}",
        new LinkChange { Up = true, Alias = _attachment.Id.Alias, Group = EgressGroup.Of(_attachment.Isolation) });

    private IEnumerable<AddressStep> HostAddresses =>
        from gateway in _attachment.Addresses.Select(each => each.Gateway).Distinct()
        let prefix = InetPrefix.Host(gateway)
        select new AddressStep(
            EgressSide.Host,
            $"add address {prefix} dev {HostName}",
            Address(prefix, HostName) with
            {
                Scope = gateway.Family == AddressFamily.IPv4 || gateway.IsLinkLocal ? RouteScope.Link : RouteScope.Global,

                // The kernel chooses no address for the node's own connections that is past its preference. IPv4 has the
                // scope for that.
                PreferredSeconds = gateway.Family == AddressFamily.IPv6 ? 0 : InterfaceAddress.Forever,
            });

    private IEnumerable<RouteStep> HostRoutes =>
        from address in _attachment.Addresses
        let prefix = InetPrefix.Host(address.Address.Address)
        select new RouteStep(
            EgressSide.Host,
            $"add route {prefix} dev {HostName}",
            new Route { Destination = prefix, Scope = Route.ScopeFor(prefix, RouteType.Unicast, hasGateway: false) });

    private NatStep Nat
    {
        get
        {
            NatEntry[] entries = [.. _attachment.Addresses.Select(Entry)];
            return new NatStep($"add NAT {string.Join(", ", entries.AsEnumerable())}", entries);
        }
    }

    private LinkStep ContainerEnd => new(
        EgressSide.Container,
        $"set link {_attachment.Id.InterfaceName} up in {_attachment.Namespace}",
        new LinkChange { Up = true });

    private IEnumerable<AddressStep> ContainerAddresses =>
        from address in _attachment.Addresses
        select new AddressStep(
            EgressSide.Container,
            $"add address {address.Address} {_where}",
            Address(address.Address, _attachment.Id.InterfaceName, AddressFlags.NoPrefixRoute));

    private IEnumerable<RouteStep> ContainerRoutes
    {
        get
        {
            // Addresses behind one gateway share its route.
            IEnumerable<Route> own = _attachment.Addresses
                .SelectMany(each => new PointToPointPlan
                {
                    Address = each.Address,
                    Gateway = each.Gateway,
                    InterfaceIndex = 0,
                }.Routes)
                .DistinctBy(route => route.Destination);
            IEnumerable<Route> further = _attachment.Routes.Select(
                route => new Route { Destination = route.Destination, Gateway = route.Gateway });
            return own.Concat(further).Select(
                route => new RouteStep(EgressSide.Container, $"add route {route} {_where}", route));
        }
    }

    private static SettingStep Forwarding(AddressFamily family) => Setting(
        EgressSide.Host, family == AddressFamily.IPv4 ? IPv4Forwarding : IPv6Forwarding, "1");

    private static SettingStep Setting(EgressSide side, string setting, string value) =>
        new(side, $"set {setting.Replace('/', '.')} = {value}", setting, value);

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
        InetPrefix[] excluded =
        [
            .. _attachment.Excluded.Where(prefix => prefix.Family == address.Address.Family && address.Nat is not null),
        ];
        bool isFirst = address == _attachment.Addresses.First(each => each.Address.Family == address.Address.Family);
        return new NatEntry
        {
            Source = address.Address.Address,
            Owner = _attachment.Id.Owner,
            Nat = address.Nat,
            Excluded = excluded,
            Metadata = !isFirst ? [] :
            [
                .. _attachment.MetadataAddresses.Where(each => each.Family == address.Address.Family)
                    .Select(each => new MetadataPair(HostName, each)),
            ],
            IsOfAttachment = true,
            Declaration = new AttachmentDeclaration
            {
                PrefixLength = address.Address.Length,
                Gateway = address.Gateway,
                Nat = address.Nat,
                HasExclusions = excluded.Length > 0,
                HasDefaultRoute = _attachment.HasDefaultRoute(address.Address.Family),
                Isolation = _attachment.Isolation,
                Mtu = _attachment.Mtu,
                MacAddress = _attachment.MacAddress,
                HostMacAddress = _attachment.HostMacAddress,
            },
        };
    }
}
