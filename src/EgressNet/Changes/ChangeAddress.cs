using EgressNet.Netlink.Addresses;
using EgressNet.Netlink.Transport;

namespace EgressNet.Changes;

/// <summary>An address gets other lifetimes.</summary>
/// <param name="connect">A connection in its interface's namespace.</param>
/// <param name="present">The address as read.</param>
/// <param name="wanted">The address to be, the same but for its lifetimes.</param>
/// <param name="where">Where it is, as a person says it.</param>
internal sealed class ChangeAddress(
    Func<NetlinkConnection> connect, InterfaceAddress present, InterfaceAddress wanted, string where) : Change
{
    public override string Text =>
        $"change address {wanted.Local} {where} valid {TextOf(wanted.ValidSeconds)} preferred {TextOf(wanted.PreferredSeconds)}";

    public override string Trace => $"changed lifetimes of address {present.Local} {where}";

    public override void Apply() => connect().Addresses.Change(wanted);

    public override void Undo() => connect().Addresses.Change(present);

    private static string TextOf(uint seconds) => seconds == InterfaceAddress.Forever ? "forever" : $"{seconds} s";
}
