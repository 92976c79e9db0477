using EgressNet.Attachments;
using EgressNet.Nat;
using EgressNet.Netlink;
using EgressNet.Netlink.Addresses;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Links;
using EgressNet.Netlink.Namespaces;
using EgressNet.Netlink.Routes;
using EgressNet.Netlink.Transport;
using EgressNet.Nodes;

namespace EgressNet.Operations;

/// <summary>Reads what the kernel knows about attachments whose records are lost.</summary>
internal sealed class UndeclaredReader(EgressKernel kernel)
{
    private ILookup<string, NatEntry>? _entries;

    /// <summary>Why the node's table could not be read; null where it could.</summary>
    public Exception? Unreadable { get; private set; }

    /// <summary>The attachments that have entries in the table.</summary>
    public IEnumerable<AttachmentId> Owners =>
        Entries.SelectMany(group => group.Select(entry => AttachmentId.FromOwner(entry.Owner)).OfType<AttachmentId>());

    private ILookup<string, NatEntry> Entries => _entries ??= ReadEntries().ToLookup(entry => entry.OwnerDigest);

    public Attachment Read(AttachmentId id, NamespaceReference? ns, Link? host)
    {
        NatEntry[] entries = [.. Entries[NatEntry.DigestOf(id.Owner)]];
        InetAddress[] gateways = host is null ? [] : [.. GatewaysOf(host)];
        InetAddress GatewayOf(AddressFamily family) => gateways.FirstOrDefault(gateway => gateway.Family == family);
        return new Attachment
        {
            Id = id,
            Namespace = ns,
            IsDeclared = false,
            HostInterface = host?.Name ?? id.HostInterface,
            Mtu = (ushort)(host?.Mtu ?? Attachment.DefaultMtu),
            MacAddress = default,
            HostMacAddress = host?.MacAddress ?? default,
            Isolation = EgressGroup.IsolationOf(host?.Group ?? 0) ?? EgressIsolation.None,
            Addresses =
            [
                .. (host is null ? [] : RoutedTo(host))
                    .Where(address => !gateways.Contains(address))
                    .Union(entries.Select(entry => entry.Source))
                    .Select(address => new AttachmentAddress(
                        InetPrefix.Host(address),
                        GatewayOf(address.Family),
                        entries.FirstOrDefault(entry => entry.Source == address)?.Nat)),
            ],
            Excluded = [.. entries.SelectMany(entry => entry.Excluded).Distinct()],
            MetadataAddresses = [.. entries.SelectMany(entry => entry.Metadata).Select(pair => pair.Address).Distinct()],
        };
    }

    private IReadOnlyList<NatEntry> ReadEntries()
    {
        try
        {
            return new NatTable(kernel.Netfilter).List();
        }
        catch (NetlinkException refused) when (refused.Errno is Errno.EPERM or Errno.EOPNOTSUPP)
        {
            Unreadable = refused;
            return [];
        }
        catch (EgressTableConflictException foreign)
        {
            Unreadable = foreign;
            return [];
        }
    }

    private IEnumerable<InetAddress> GatewaysOf(Link host) => kernel.Host.Addresses.List(interfaceIndex: host.Index)
        .Where(address => address.Local.IsHost).Select(address => address.Local.Address);

    private IEnumerable<InetAddress> RoutedTo(Link host) => kernel.Host.Routes
        .List(new RouteFilter { InterfaceIndex = host.Index, Table = RouteTable.Main })
        .Where(route => route.Destination.IsHost).Select(route => route.Destination.Address);
}
