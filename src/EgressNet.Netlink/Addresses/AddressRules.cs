using System.Text;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Interop;

namespace EgressNet.Netlink.Addresses;

/// <summary>Rejects what the kernel would silently install as something else.</summary>
internal static class AddressRules
{
    public static void ThrowIfInvalid(InterfaceAddress address)
    {
        ThrowIfUnnamable(address);
        Throw(address, address switch
        {
            _ when address.PreferredSeconds > address.ValidSeconds => "Its preferred lifetime is longer than its valid lifetime.",
            { ValidSeconds: 0 } => "Its valid lifetime is 0.",
            _ => null,
        });
    }

    /// <summary>The same without the lifetimes: one that was read may have run out since.</summary>
    public static void ThrowIfUnnamable(InterfaceAddress address)
    {
        string? fault = address switch
        {
            { Family: not (AddressFamily.IPv4 or AddressFamily.IPv6) } => "It is neither IPv4 nor IPv6.",
            _ when address.Local.Length > address.Local.Address.BitLength => "Its prefix is too long.",
            { InterfaceIndex: <= 0 } => "It has no interface index.",
            { Peer.IsNone: false } when address.Peer.Family != address.Family => "Its peer is of another family.",
            { Broadcast.IsNone: false } when address.Broadcast.Family != AddressFamily.IPv4 => "Only IPv4 has broadcast.",
            { Label: { } label } when Encoding.UTF8.GetByteCount(label) >= LinkConstants.IFNAMSIZ =>
                $"Its label '{label}' is longer than 15 bytes.",
            _ => null,
        };
        Throw(address, fault);
    }

    private static void Throw(InterfaceAddress address, string? fault)
    {
        if (fault is not null)
        {
            throw new ArgumentException($"{address} cannot be an interface's address. {fault}", nameof(address));
        }
    }
}
