using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Netfilter;
using EgressNet.Netlink.Transport;

namespace EgressNet.Nat;

/// <summary>A cache of the table: it is read again only after the generation of the ruleset has changed.</summary>
/// <param name="connect">A connection to the packet filter of the node's namespace.</param>
internal sealed class NatReadings(Func<NetlinkConnection> connect)
{
    private NatReading? _last;

    /// <summary>The current state of the table.</summary>
    /// <exception cref="NetlinkException">EOPNOTSUPP: the kernel has no nf_tables; EPERM.</exception>
    public NatReading Current
    {
        get
        {
            NetlinkConnection netfilter = connect();
            NfGeneration generation = NatTable.FirstOf(() => netfilter.NfTables.GetGeneration());
            return _last is { } last && last.Generation == generation && last.Netfilter == netfilter
                ? last
                : _last = new NatReading(netfilter, generation);
        }
    }
}

/// <summary>The table at one generation of nf_tables.</summary>
internal sealed class NatReading
{
    private readonly NatPairs _pairs;
    private readonly Lazy<NatTableReport> _table;
    private readonly Lazy<ForwardDrops> _forwardDrops;

    internal NatReading(NetlinkConnection netfilter, NfGeneration generation)
    {
        Netfilter = netfilter;
        Generation = generation;
        _pairs = new NatPairs(netfilter.NfTables);
        _table = new(() => new NatTable(netfilter).Inspect());
        _forwardDrops = new(() => new ForwardDrops(netfilter));
    }

    /// <summary>The state of the table itself.</summary>
    public NatTableReport Table => _table.Value;

    /// <summary>The chains of other programs that drop forwarded packets.</summary>
    internal ForwardDrops ForwardDrops => _forwardDrops.Value;

    internal NetlinkConnection Netfilter { get; }

    internal NfGeneration Generation { get; }

    /// <summary>Finds the entry of an address, however many there are.</summary>
    /// <param name="source">The address.</param>
    /// <returns>The entry, or null.</returns>
    public NatEntry? Find(InetAddress source) =>
        NatHolding.Find(Netfilter.NfTables, source, _pairs) is { IsEmpty: false } holding ? holding.ToEntry() : null;
}
