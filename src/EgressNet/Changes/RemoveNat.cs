using EgressNet.Nat;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Transport;

namespace EgressNet.Changes;

/// <summary>An owner's entries go from the node's table, and the connections that they translated. They cannot be brought
/// back.</summary>
/// <param name="connect">A connection to the packet filter.</param>
/// <param name="report">Told each part of the change.</param>
/// <param name="owner">The owner's tag.</param>
/// <param name="sources">The addresses.</param>
internal sealed class RemoveNat(
    Func<NetlinkConnection> connect,
    Action<string> report,
    string owner,
    IReadOnlyCollection<InetAddress> sources) : Change
{
    /// <summary>How many entries there were.</summary>
    public int Count { get; private set; }

    public override string Text => $"delete NAT of {string.Join(", ", sources)} ({owner})";

    public override bool IsToldInParts => true;

    public override string Trace => $"missing NAT of {owner}";

    public override void Apply() => Count = new EgressNat(connect(), report).Remove(owner, sources).Count;

    public override void Undo()
    {
        if (Count > 0)
        {
            throw new InvalidOperationException("deleted entries cannot be brought back");
        }
    }
}
