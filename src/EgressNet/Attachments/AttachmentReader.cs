using EgressNet.Nat;
using EgressNet.Netlink.Addresses;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Links;
using EgressNet.Netlink.Namespaces;
using EgressNet.Netlink.Routes;
using EgressNet.Netlink.Transport;
using EgressNet.Plans;

namespace EgressNet.Attachments;

/// <summary>Finds the attachments of a node from what its kernel holds: the aliases of interfaces, and the owners in the
/// node's table. Nothing else is kept anywhere.</summary>
/// <param name="kernel">The node.</param>
public sealed class AttachmentReader(EgressKernel kernel)
{
    private NamespaceNumbers? _namespaces;

    /// <summary>Why the node's table could not be read in the last reading; null where it could. Attachments then lack
    /// what only the table tells.</summary>
    public Exception? Unreadable { get; private set; }

    /// <summary>Reads attachments, in the order of their owners' tags.</summary>
    /// <param name="matches">Which ones; null for all.</param>
    /// <returns>The attachments.</returns>
    public IEnumerable<FoundAttachment> Read(Func<AttachmentId, bool>? matches = null)
    {
        Dictionary<AttachmentId, Link> hosts = [];
        foreach (Link link in kernel.Host.Links.List("veth"))
        {
            if (AttachmentId.FromAlias(link.Alias) is { } id)
            {
                hosts.TryAdd(id, link);
            }
        }

        IReadOnlyList<NatEntry>? entries = ReadEntries();
        ILookup<AttachmentId?, NatEntry> owned =
            (entries ?? []).ToLookup(entry => AttachmentId.FromOwner(entry.Owner));
        foreach (AttachmentId id in owned.Select(group => group.Key).OfType<AttachmentId>().Except(hosts.Keys))
        {
            // An end whose alias was taken away still has its name.
            if (kernel.Host.Links.Find(id.HostInterface) is { Kind: "veth", Alias: null or "" } link)
            {
                hosts.Add(id, link);
            }
        }

        foreach (AttachmentId id in hosts.Keys.Union(owned.Select(group => group.Key).OfType<AttachmentId>())
            .Where(id => matches?.Invoke(id) ?? true).OrderBy(id => id.Owner, StringComparer.Ordinal))
        {
            Link? host = hosts.GetValueOrDefault(id);
            NatEntry[] own = [.. owned[id]];
            yield return new FoundAttachment(
                own.Length > 0 ? FromEntries(id, host, own) : FromInterface(id, host!),
                host,
                entries is null ? null : own);
        }
    }

    private IReadOnlyList<NatEntry>? ReadEntries()
    {
        Unreadable = null;
        try
        {
            return new EgressNat(kernel.Netfilter).List();
        }
        catch (NetlinkException refused) when (refused.ErrnoName is "EPERM" or "EOPNOTSUPP")
        {
            Unreadable = refused;
        }
        catch (EgressTableConflictException foreign)
        {
            Unreadable = foreign;
        }

        return null;
    }

    private Attachment FromEntries(AttachmentId id, Link? host, NatEntry[] entries)
    {
        AttachmentDeclaration? common = entries.Select(entry => entry.Declaration).FirstOrDefault(each => each is not null);
        Attachment attachment = new()
        {
            Id = id,
            Namespace = NamespaceOf(host),
            IsDeclared = entries.All(entry => entry.Declaration is not null),
            Addresses = [.. entries.Select(Address)],
            Excluded = [.. entries.SelectMany(entry => entry.Excluded).Distinct()],
            MetadataAddresses = [.. entries.SelectMany(entry => entry.Metadata).Select(pair => pair.Address).Distinct()],
            Routes =
            [
                .. entries.Where(entry => entry.Declaration is { HasDefaultRoute: true })
                    .DistinctBy(entry => entry.Source.Family)
                    .Select(entry => new AttachmentRoute(
                        InetPrefix.Default(entry.Source.Family), entry.Declaration!.Gateway)),
            ],
            HostInterface = host?.Name ?? id.HostInterface,
        };
        return common is null
            ? attachment with
            {
                Mtu = (ushort)(host?.Mtu ?? Attachment.DefaultMtu),
                MacAddress = default,
                HostMacAddress = host?.MacAddress ?? default,
                Isolation = EgressGroup.IsolationOf(host?.Group ?? 0) ?? EgressIsolation.None,
            }
            : attachment with
            {
                Mtu = common.Mtu,
                MacAddress = common.MacAddress,
                HostMacAddress = common.HostMacAddress,
                Isolation = common.Isolation,
            };
    }

    private static AttachmentAddress Address(NatEntry entry) => entry.Declaration is { } declared
        ? new AttachmentAddress(new InetPrefix(entry.Source, declared.PrefixLength), declared.Gateway, declared.Nat)
        : new AttachmentAddress(InetPrefix.Host(entry.Source), default, entry.Nat);

    private Attachment FromInterface(AttachmentId id, Link host)
    {
        InetAddress[] gateways =
        [
            .. kernel.Host.Addresses.List(interfaceIndex: host.Index).Where(address => address.Local.IsHost)
                .Select(address => address.Local.Address),
        ];
        return new Attachment
        {
            Id = id,
            Namespace = NamespaceOf(host),
            IsDeclared = false,
            HostInterface = host.Name,
            Mtu = (ushort)host.Mtu,
            MacAddress = default,
            HostMacAddress = host.MacAddress ?? default,
            Isolation = EgressGroup.IsolationOf(host.Group) ?? EgressIsolation.None,
            Addresses =
            [
                .. kernel.Host.Routes
                    .List(new RouteFilter { InterfaceIndex = host.Index, Table = RouteTable.Main })
                    .Where(route => route.Destination.IsHost && !gateways.Contains(route.Destination.Address))
                    .Select(route => new AttachmentAddress(
                        route.Destination, gateways.FirstOrDefault(gateway => gateway.Family == route.Family))),
            ],
        };
    }

    private NetNamespace? NamespaceOf(Link? host) => host?.PeerNamespaceId is { } id
        ? (_namespaces ??= new NamespaceNumbers(kernel.Host)).Find(id)
        : null;
}
