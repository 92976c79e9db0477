using EgressNet.Netlink.Addresses;
using EgressNet.Netlink.Transport;

namespace EgressNet.Changes;

/// <summary>Deletes an address from an interface.</summary>
/// <param name="connect">A connection in the interface's namespace.</param>
/// <param name="present">The address as read.</param>
/// <param name="where">Where it is, as a person says it.</param>
internal sealed class DeleteAddress(Func<NetlinkConnection> connect, InterfaceAddress present, string where) : Change
{
    public override string Text => $"delete address {present.Local} {where}";

    public override string Trace => $"missing address {present.Local} {where}";

    public override void Apply() => connect().Addresses.Delete(present);

    public override void Undo() => connect().Addresses.Add(present);
}
