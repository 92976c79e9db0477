using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Netfilter;
using EgressNet.Netlink.Transport;
using EgressNet.Netlink.Wire;

namespace EgressNet.Netlink.Conntrack;

/// <summary>The tracked connections of a connection's namespace. Reading takes CAP_NET_ADMIN too: EPERM without it;
/// EINVAL where the kernel has no connection tracking.</summary>
internal readonly struct ConntrackOperations
{
    internal static readonly NetlinkOperation DeleteOperation = new("delete", NetlinkObject.TrackedConnection);

    // A filter of the kernel's is a walk through its table for each of four places of an address. Beside few
    // connections, and for more than one address, one walk for all, and here a look at each, is less.
    private const uint Many = 8192;
    private const int FewAddresses = 1;

    private readonly NetlinkConnection _connection;

    internal ConntrackOperations(NetlinkConnection connection) => _connection = connection;

    /// <summary>Reads the entries. The kernel does not say that the table changed underneath: under churn one may be
    /// missed or seen twice.</summary>
    /// <param name="filter">Which ones; filtered by the kernel where it can (IPv4, Linux 5.8), and always here.</param>
    /// <returns>The entries, in no order; none for addresses of two families.</returns>
    /// <exception cref="NetlinkException">The kernel refused: EPERM, EINVAL and others.</exception>
    public IReadOnlyList<ConntrackEntry> List(ConntrackFilter filter = default)
    {
        if (filter.Families.Count() > 1)
        {
            return [];
        }

        try
        {
            return Dump(IsForTheKernel(filter) ? filter : filter.WithoutAddresses, filter.Matches);
        }
        catch (NetlinkException refused) when (IsForTheKernel(filter) && IsOfTheFilter(refused))
        {
            return Dump(filter.WithoutAddresses, filter.Matches);
        }
    }

    /// <summary>How many entries there are, at no cost that grows with them.</summary>
    /// <exception cref="NetlinkException">The kernel refused: EPERM, EINVAL and others.</exception>
    public uint Count
    {
        get
        {
            NetlinkWriter request = _connection.Begin(ConntrackMessageType.GetStatistics);
            request.NfHeader(NfFamily.Unspecified);
            return _connection.Get(
                ref request,
                new("count", NetlinkObject.TrackedConnection) { IsMany = true },
                static (in message) => ReadCount(in message));
        }
    }

    /// <summary>Deletes exactly one entry: its next packet begins a new connection.</summary>
    /// <param name="entry">The entry, by its original direction, zone and number as read.</param>
    /// <exception cref="NetlinkException">ENOENT where it is gone, or another of the same packets is in its place;
    /// EBUSY while its packets go past the rules (a flow table); EPERM and others.</exception>
    public void Delete(ConntrackEntry entry)
    {
        NetlinkWriter request = _connection.Begin(ConntrackMessageType.Delete);
        ConntrackMessage.WriteKey(ref request, entry);
        _connection.Execute(ref request, DeleteOperation);
    }

    /// <summary>Deletes, in batches, every entry in which one of the addresses is the source or the destination of either
    /// direction. An entry that expires meanwhile is not counted; one that is created meanwhile may stay.</summary>
    /// <remarks>The kernel walks its table, which all namespaces share: some milliseconds, unless nothing at all is
    /// tracked in this one. What is not deleted costs no memory, however much it is.</remarks>
    /// <returns>How many were deleted.</returns>
    /// <exception cref="NetlinkException">The kernel refused to delete one, and this is what it said of the first;
    /// all others are deleted: EBUSY, EPERM and others.</exception>
    public int DeleteOf(params InetAddress[] addresses) => DeleteOf(addresses, static _ => true);

    /// <summary>Deletes entries like <see cref="DeleteOf(InetAddress[])"/>, but only those without a reply so far.</summary>
    /// <returns>How many were deleted.</returns>
    /// <exception cref="NetlinkException">As there.</exception>
    public int DeleteUnansweredOf(InetAddress[] addresses) =>
        DeleteOf(addresses, static entry => !entry.IsAnswered);

    private int DeleteOf(InetAddress[] addresses, Func<ConntrackEntry, bool> isMeant)
    {
        HashSet<InetAddress> meant = [.. addresses];
        meant.Remove(default);
        if (meant.Count == 0 || Count is not (> 0 and uint count))
        {
            return 0;
        }

        using NetlinkBatch batch = _connection.CreateBatch();
        foreach (ConntrackEntry entry in ListOf(meant, count).Where(isMeant))
        {
            batch.Delete(entry);
        }

        IReadOnlyList<NetlinkBatchError> refused = batch.Complete();
        NetlinkBatchError other = refused.FirstOrDefault(each => each.Error.Errno != Errno.ENOENT);
        return other.Error is null ? batch.Count - refused.Count : throw other.Error;
    }

    /// <summary>Reads every entry, each once, in which one of some addresses is the source or the destination of either
    /// direction.</summary>
    /// <param name="count">How many entries there are in all.</param>
    internal IEnumerable<ConntrackEntry> ListOf(IReadOnlyCollection<InetAddress> addresses, uint count)
    {
        List<ConntrackEntry> entries = [];
        foreach (IGrouping<AddressFamily, InetAddress> family in
            addresses.GroupBy(address => address.Family))
        {
            HashSet<InetAddress> meant = [.. family];
            entries.AddRange(family.Key == AddressFamily.IPv4 && count >= Many && meant.Count <= FewAddresses
                ? meant.SelectMany(Places).SelectMany(List)
                : Dump(new ConntrackFilter { Family = family.Key }, ends => ends.AnyIn(meant)));
        }

        return entries.DistinctBy(entry => (entry.Id, entry.Zone, entry.Original));
    }

    private static IEnumerable<ConntrackFilter> Places(InetAddress address) =>
    [
        new() { OriginalSource = address }, new() { OriginalDestination = address },
        new() { ReplySource = address }, new() { ReplyDestination = address },
    ];

    private static uint ReadCount(in NetlinkMessage message)
    {
        foreach (NetlinkAttribute attribute in message.Attributes<nfgenmsg>())
        {
            if (attribute.Type == (ushort)CTA_STATS_GLOBAL.CTA_STATS_GLOBAL_ENTRIES)
            {
                return attribute.U32BigEndian;
            }
        }

        return 0;
    }

    // Since there have been such filters, Linux takes IPv6 addresses the wrong way round: what is equal is left out.
    private static bool IsForTheKernel(ConntrackFilter filter) =>
        filter.HasAddress && filter.Families.FirstOrDefault() == AddressFamily.IPv4;

    private static bool IsOfTheFilter(NetlinkException refused) =>
        refused.Errno is Errno.EINVAL or Errno.EOPNOTSUPP;

    private List<ConntrackEntry> Dump(ConntrackFilter filter, Func<ConntrackEnds, bool> isWanted)
    {
        NetlinkWriter request = _connection.Begin(ConntrackMessageType.Get, NLM_F.NLM_F_DUMP);
        ConntrackMessage.WriteFilter(ref request, filter);
        return _connection.Dump<ConntrackEntry>(
            ref request,
            NetlinkOperation.List(NetlinkObject.TrackedConnection),
            (in message, out entry) =>
            {
                entry = null!;
                return isWanted(ConntrackMessage.EndsOf(in message)) && ConntrackMessage.TryRead(in message, out entry);
            });
    }
}
