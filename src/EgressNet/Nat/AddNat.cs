using EgressNet.Changes;
using EgressNet.Netlink.Transport;

namespace EgressNet.Nat;

/// <summary>Adds entries to the node's table.</summary>
/// <param name="connect">A connection to the packet filter.</param>
/// <param name="report">Called with the text of each part of the change.</param>
/// <param name="warn">Told what of somebody else's goes; null for nobody.</param>
/// <param name="isLive">Whether somebody else's entry of one of the addresses is in use.</param>
internal sealed class AddNat(
    Func<NetlinkConnection> connect,
    Action<string> report,
    Action<string>? warn,
    IReadOnlyList<NatEntry> entries,
    Func<NatEntry, bool> isLive) : Change
{
    private NatAddition? _addition;

    public override string Text => TextOf(entries);

    public override bool IsToldInParts => true;

    public override string Trace => Text;

    public static string TextOf(IReadOnlyList<NatEntry> entries) => $"add NAT {string.Join(", ", entries)}";

    public override void Apply() =>
        new NatTable(connect(), report, warn).Add(entries, isLive, intended => _addition = intended);

    // What comes after the entries may fail too, and going back behind what was not added changes nothing.
    public override bool WasRefused(Exception fault) => _addition is null;

    public override void Undo()
    {
        if (_addition is not null)
        {
            new NatTable(connect()).Undo(_addition);
        }
    }
}
