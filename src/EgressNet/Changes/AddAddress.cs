using EgressNet.Netlink.Addresses;
using EgressNet.Netlink.Transport;

namespace EgressNet.Changes;

/// <summary>Adds an address to an interface.</summary>
/// <param name="connect">A connection in the interface's namespace.</param>
/// <param name="where">Where it goes, as a person says it.</param>
internal sealed class AddAddress(Func<NetlinkConnection> connect, InterfaceAddress address, string where) : Change
{
    public override string Text => $"add address {address.Local} {where}";

    public override string Trace => $"address {address.Local} {where}";

    public override void Apply() => connect().Addresses.Add(address);

    public override void Undo() => connect().Addresses.Delete(address);
}
