using EgressNet.Changes;
using EgressNet.Nat;
using EgressNet.Netlink.Namespaces;
using EgressNet.Netlink.Transport;
using EgressNet.Records;
using static EgressNet.Netlink.Errno;

namespace EgressNet.Nodes;

/// <summary>Opens a connection to a subsystem of a namespace.</summary>
internal delegate NetlinkConnection ConnectionOpener(NamespaceReference ns);

/// <summary>The conversations that an attachment takes: with the node's namespace and its packet filter, and with one
/// container's namespace at a time. Each is opened when first needed, and again where it broke, so that there is a way
/// back from a lost reply.</summary>
public sealed class EgressKernel : IDisposable
{
    private readonly ConnectionOpener _openRouting;
    private readonly ConnectionOpener _openNetfilter;
    private NetlinkConnection? _host;
    private NetlinkConnection? _netfilter;
    private NetlinkConnection? _container;
    private NamespaceReference? _held;
    private NetNamespaceHandle? _containerHandle;
    private readonly Lazy<RecordStore> _records;

    /// <summary>Creates the connections' holder; nothing is opened yet.</summary>
    /// <param name="node">The node's namespace; null for the caller's.</param>
    public EgressKernel(NamespaceReference? node)
        : this(node, openRouting: null)
    {
    }

    /// <summary>Creates the connections' holder; nothing is opened yet.</summary>
    /// <param name="node">The node's namespace; null for the caller's.</param>
    /// <param name="openRouting">Opens one with the routing subsystem; null for the usual way.</param>
    /// <param name="openNetfilter">Opens one with the packet filter; null for the usual way.</param>
    /// <param name="settings">The settings; null for the kernel's own.</param>
    /// <param name="openRecords">Opens the records of a node; null for those in the usual place.</param>
    internal EgressKernel(
        NamespaceReference? node = null,
        ConnectionOpener? openRouting = null,
        ConnectionOpener? openNetfilter = null,
        IKernelSettings? settings = null,
        Func<NetNamespaceIdentity, RecordStore>? openRecords = null)
    {
        Node = node ?? NamespaceReference.Current;
        _openRouting = openRouting ?? (ns => NetlinkConnection.Open(ns));
        _openNetfilter = openNetfilter ?? (ns => NetlinkConnection.OpenNetfilter(ns));
        Settings = settings ?? new KernelSettings();
        Nat = new NatReadings(() => Netfilter);
        _records = new(() => (openRecords ?? (node => new RecordStore(node)))(NodeIdentity));
    }

    /// <summary>Called with a warning when an operation has to delete another program's objects; may be null.</summary>
    internal Action<string>? Warn { get; set; }

    /// <summary>The node's namespace.</summary>
    public NamespaceReference Node { get; }

    /// <summary>The records of the node's attachments.</summary>
    internal RecordStore Records => _records.Value;

    /// <summary>The settings.</summary>
    internal IKernelSettings Settings { get; }

    /// <summary>The node's links, addresses and routes.</summary>
    public NetlinkConnection Host => Usable(ref _host, _openRouting, Node);

    /// <summary>The node's packet filter.</summary>
    /// <exception cref="NetlinkException">EOPNOTSUPP: the kernel has no nf_tables; and others.</exception>
    public NetlinkConnection Netfilter
    {
        get
        {
            try
            {
                return Usable(ref _netfilter, _openNetfilter, Node);
            }
            catch (NetlinkException absent) when (absent.Errno == EPROTONOSUPPORT)
            {
                throw NatTable.Absent(absent.Operation);
            }
        }
    }

    /// <summary>The cached contents of the node's nf_tables table.</summary>
    internal NatReadings Nat { get; }

    /// <summary>The identity of the node's namespace.</summary>
    public NetNamespaceIdentity NodeIdentity
    {
        get
        {
            using NetNamespaceHandle node = Node.Open();
            return node.Identity with { Cookie = Host.NamespaceCookie };
        }
    }

    /// <summary>A container's links, addresses and routes.</summary>
    /// <returns>The connection, which the next container's replaces.</returns>
    /// <exception cref="NetNamespaceException">There is no such namespace, it is not the one that was read, or it may not
    /// be entered.</exception>
    public NetlinkConnection Container(NamespaceReference ns) => Usable(ref _container, _openRouting, Hold(ns));

    /// <summary>Opens one more connection to a container's links, addresses and routes.</summary>
    /// <exception cref="NetNamespaceException">As for <see cref="Container"/>.</exception>
    internal NetlinkConnection Open(NamespaceReference ns) => _openRouting(ns);

    /// <summary>The identity of a container's namespace, which is held open from then on.</summary>
    /// <exception cref="NetNamespaceException">As for <see cref="Container"/>.</exception>
    public NetNamespaceIdentity IdentityOf(NamespaceReference ns)
    {
        ulong? cookie = Container(ns).NamespaceCookie;
        return _containerHandle!.Identity with { Cookie = cookie };
    }

    /// <summary>Keeps a container's namespace as it is found now, until the next container's or
    /// <see cref="LeaveContainer"/>: its name may go meanwhile, and even lead to another, and there must be a way back.
    /// </summary>
    /// <returns>The namespace kept.</returns>
    /// <exception cref="NetNamespaceException">There is no such namespace, or it is not the one that was read.</exception>
    public NamespaceReference Hold(NamespaceReference ns)
    {
        if (_held != ns)
        {
            LeaveContainer();
            _containerHandle = ns.WithIdentity(null).Open();
            _held = NamespaceReference.FromHandle(_containerHandle);
        }

        // The connection tells the cookie, and is needed anyway: the namespace is entered once.
        ns.ThrowIfChanged(ns.Identity is { Cookie: not null } ? IdentityOf(_held!) : _containerHandle!.Identity);
        return _held!;
    }

    /// <summary>Lets the container's namespace go: another may have its name by the next time.</summary>
    public void LeaveContainer()
    {
        _container?.Dispose();
        _containerHandle?.Dispose();
        (_container, _containerHandle, _held) = (null, null, null);
    }

    /// <summary>Closes the open connections.</summary>
    public void Dispose()
    {
        _host?.Dispose();
        _netfilter?.Dispose();
        LeaveContainer();
    }

    private static NetlinkConnection Usable(ref NetlinkConnection? connection, ConnectionOpener open, NamespaceReference ns)
    {
        if (connection is { IsBroken: true })
        {
            connection.Dispose();
            connection = null;
        }

        return connection ??= open(ns);
    }
}
