using EgressNet.Changes;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Transport;

namespace EgressNet.Nat;

/// <summary>Owners' entries go from the node's table, and the connections that they translated. They cannot be brought
/// back.</summary>
/// <param name="connect">A connection to the packet filter.</param>
/// <param name="report">Called with the text of each part of the change.</param>
/// <param name="meant">Owners' tags and their addresses.</param>
/// <param name="groupOf">The own group of an owner's host end, or 0; null for no groups.</param>
internal sealed class RemoveNat(
    Func<NetlinkConnection> connect,
    Action<string> report,
    IReadOnlyList<(string Owner, InetAddress Source)> meant,
    Func<string, uint>? groupOf = null) : Change
{
    public RemoveNat(
        Func<NetlinkConnection> connect, Action<string> report, string owner, IEnumerable<InetAddress> sources)
        : this(connect, report, [.. sources.Select(source => (owner, source))])
    {
    }

    /// <summary>The entries that were removed.</summary>
    public IReadOnlyList<NatEntry> Removed { get; private set; } = [];

    public override string Text => $"delete NAT of {string.Join(", ", meant.Select(each => $"{each.Source} ({each.Owner})"))}";

    public override bool IsToldInParts => true;

    public override string Trace => $"missing NAT of {string.Join(", ", meant.Select(each => each.Owner).Distinct())}";

    public override void Apply() => Removed = new NatTable(connect(), report).Remove(meant, groupOf);

    public override void Undo()
    {
        if (Removed.Count > 0)
        {
            throw new InvalidOperationException("deleted entries cannot be brought back");
        }
    }
}
