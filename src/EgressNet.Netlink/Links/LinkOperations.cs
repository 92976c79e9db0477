using System.Text;
using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Namespaces;
using EgressNet.Netlink.Transport;
using EgressNet.Netlink.Wire;

namespace EgressNet.Netlink.Links;

/// <summary>The links of a connection's namespace.</summary>
public readonly partial struct LinkOperations
{
    private static readonly NetlinkOperation s_get = new("get", NetlinkObject.Link);
    private readonly NetlinkConnection _connection;

    internal LinkOperations(NetlinkConnection connection) => _connection = connection;

    /// <summary>Reads all links.</summary>
    /// <param name="kind">Only of this kind; null for all.</param>
    /// <returns>The links by ascending index. Where others come and go meanwhile, those that stay are all there.</returns>
    /// <exception cref="NetlinkDumpInterruptedException{T}">Readings that changed underneath (NLM_F_DUMP_INTR) did
    /// not agree within <see cref="NetlinkOptions.DumpTimeout"/>.</exception>
    public IReadOnlyList<Link> List(string? kind = null)
    {
        NetlinkWriter request = BeginList();
        if (kind is not null)
        {
            int info = request.BeginNest(IFLA.IFLA_LINKINFO);
            request.Text(IFLA_INFO.IFLA_INFO_KIND, kind);
            request.EndNest(info);
        }

        bool Read(in NetlinkMessage message, out Link link) =>
            TryRead(in message, out link) && (kind is null || link.Kind == kind);
        return _connection.Dump<Link>(ref request, NetlinkOperation.List(NetlinkObject.Link), Read, static link => link.Index);
    }

    /// <summary>Reads the names of links, for display: the result of one dump, even if it was interrupted.</summary>
    /// <returns>Names by index.</returns>
    public IReadOnlyDictionary<int, string> ListNames()
    {
        NetlinkWriter request = BeginList();
        return _connection.DumpOnce<Link>(ref request, NetlinkOperation.List(NetlinkObject.Link), TryRead)
            .DistinctBy(link => link.Index)
            .ToDictionary(link => link.Index, link => link.Name);
    }

    /// <summary>Reads one link.</summary>
    /// <exception cref="NetlinkException">ENODEV where there is none.</exception>
    public Link Get(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(index);
        return Find(index) ?? throw new NetlinkException(s_get, Errno.ENODEV);
    }

    /// <summary>Reads one link by its name or one of its alternative names.</summary>
    /// <exception cref="NetlinkException">ENODEV where there is none.</exception>
    public Link Get(string name) => Get(Encoding.UTF8.GetBytes(name));

    /// <summary>Reads one link by its name or one of its alternative names.</summary>
    /// <param name="rawName">The name as the kernel holds it.</param>
    /// <exception cref="NetlinkException">ENODEV where there is none.</exception>
    public Link Get(ReadOnlySpan<byte> rawName) => Find(rawName) ?? throw new NetlinkException(s_get, Errno.ENODEV);

    /// <summary>Reads one link by name where there is one.</summary>
    /// <param name="name">Its name or an alternative name.</param>
    /// <returns>The link, or null.</returns>
    public Link? Find(string name) => Find(Encoding.UTF8.GetBytes(name));

    /// <summary>Reads one link by index where there is one.</summary>
    /// <returns>The link, or null; null also for an index that none can have.</returns>
    public Link? Find(int index)
    {
        if (index < 1)
        {
            return null;
        }

        NetlinkWriter request = _connection.Begin(RTM.RTM_GETLINK);
        WriteQuestion(ref request, index);
        return _connection.Find(ref request, s_get, static (in message) => LinkMessage.Read(in message), Errno.ENODEV);
    }

    /// <summary>Reads one link of another namespace where there is one, whether or not that has a name.</summary>
    /// <param name="namespaceId">The number by which this namespace knows the other.</param>
    /// <param name="index">The link's index there.</param>
    /// <returns>The link; null also where there is no such namespace any more, and before Linux 4.17.</returns>
    public Link? FindIn(int namespaceId, int index)
    {
        NetlinkWriter request = _connection.Begin(RTM.RTM_GETLINK);
        WriteQuestion(ref request, index);
        request.Attribute(IFLA.IFLA_TARGET_NETNSID, namespaceId);
        try
        {
            Link found = _connection.Get(
                ref request, new("get", NetlinkObject.Link), static (in message) => LinkMessage.Read(in message));
            return found.Index == index ? found : null;
        }
        catch (NetlinkException absent) when (absent.Errno is Errno.ENODEV or Errno.EINVAL or Errno.EOPNOTSUPP)
        {
            return null;
        }
    }

    /// <summary>The number by which this namespace knows another, as <see cref="Link.PeerNamespaceId"/> gives it.</summary>
    /// <param name="other">The other namespace.</param>
    /// <returns>The number, or null where none was assigned: then no link here leads there.</returns>
    public int? NamespaceIdOf(NetNamespaceHandle other)
    {
        NetlinkWriter request = _connection.Begin(RTM.RTM_GETNSID);
        rtgenmsg header = default;
        request.Header(in header);
        request.Attribute(NETNSA.NETNSA_FD, (int)other.DangerousGetHandle());
        int id = _connection.Get(
            ref request, new("get", NetlinkObject.NamespaceId), static (in message) => ReadNamespaceId(in message));
        return id < 0 ? null : id;
    }

    internal static Link? ReadOrNull(in NetlinkMessage message) =>
        message.Type == (ushort)RTM.RTM_NEWLINK ? LinkMessage.Read(in message) : null;

    private static bool TryRead(in NetlinkMessage message, out Link link)
    {
        bool isLink = message.Type == (ushort)RTM.RTM_NEWLINK && message.Header<ifinfomsg>().ifi_family == 0;
        link = isLink ? LinkMessage.Read(in message) : null!;
        return isLink;
    }

    private static int ReadNamespaceId(in NetlinkMessage message)
    {
        foreach (NetlinkAttribute attribute in message.Attributes<rtgenmsg>())
        {
            if (attribute.Type == (ushort)NETNSA.NETNSA_NSID)
            {
                return attribute.S32;
            }
        }

        return -1;
    }

    private Link? Find(ReadOnlySpan<byte> rawName)
    {
        NetlinkWriter request = _connection.Begin(RTM.RTM_GETLINK);
        WriteQuestion(ref request, 0);

        // The kernel looks an alternative name up among names of both sorts, but only Linux 5.5 knows the attribute.
        Span<byte> terminated = rawName.Length < 1024 ? stackalloc byte[rawName.Length + 1] : new byte[rawName.Length + 1];
        terminated.Clear();
        rawName.CopyTo(terminated);
        request.Attribute(rawName.Length > InterfaceName.MaxBytes ? IFLA.IFLA_ALT_IFNAME : IFLA.IFLA_IFNAME, terminated);
        try
        {
            return _connection.Find(ref request, s_get, static (in message) => LinkMessage.Read(in message), Errno.ENODEV);
        }
        catch (NetlinkException tooLong) when (tooLong.Errno is Errno.ERANGE or Errno.EINVAL)
        {
            return null;
        }
    }

    private NetlinkWriter BeginList()
    {
        NetlinkWriter request = _connection.Begin(RTM.RTM_GETLINK, NLM_F.NLM_F_DUMP);
        WriteQuestion(ref request, 0);
        return request;
    }

    private static void WriteQuestion(ref NetlinkWriter request, int index)
    {
        ifinfomsg header = new() { ifi_index = index };
        request.Header(in header);
        request.Attribute(IFLA.IFLA_EXT_MASK, LinkConstants.RTEXT_FILTER_SKIP_STATS);
    }
}
