using EgressNet.Netlink.Addresses;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Routes;

namespace EgressNet;

/// <summary>What an address is good for.</summary>
public enum AddressState
{
    /// <summary>Not usable.</summary>
    Invalid,

    /// <summary>Duplicate address detection has not finished.</summary>
    Tentative,

    /// <summary>Another host has it.</summary>
    Duplicate,

    /// <summary>Past its preferred lifetime.</summary>
    Deprecated,

    /// <summary>Usable.</summary>
    Preferred,
}

/// <summary>An interface's address as cmdlets emit and take it.</summary>
public sealed class NetIPAddress : IComparable<NetIPAddress>, IComparable
{
    internal NetIPAddress(InterfaceAddress address, string interfaceAlias, string? netNamespace, string? gateway = null)
    {
        Address = address;
        InterfaceAlias = interfaceAlias;
        NetNamespace = netNamespace;
        Gateway = gateway;
    }

    /// <summary>The address, without length.</summary>
    public string IPAddress => Address.Local.Address.ToString();

    /// <summary>The prefix length in bits.</summary>
    public byte PrefixLength => Address.Local.Length;

    /// <summary>The interface's index.</summary>
    public int InterfaceIndex => Address.InterfaceIndex;

    /// <summary>The interface's name.</summary>
    public string InterfaceAlias { get; }

    /// <summary>The family.</summary>
    public AddressFamily AddressFamily => Address.Family;

    /// <summary>What it is good for.</summary>
    public AddressState AddressState => Address.Flags switch
    {
        _ when Address.Flags.HasFlag(AddressFlags.DadFailed) => AddressState.Duplicate,
        _ when Address.Flags.HasFlag(AddressFlags.Tentative) => AddressState.Tentative,
        _ when Address.Flags.HasFlag(AddressFlags.Deprecated) => AddressState.Deprecated,
        _ => AddressState.Preferred,
    };

    /// <summary>How long it stays valid; <see cref="TimeSpan.MaxValue"/> for ever.</summary>
    public TimeSpan ValidLifetime => Lifetime(Address.ValidSeconds);

    /// <summary>How long it stays preferred; <see cref="TimeSpan.MaxValue"/> for ever.</summary>
    public TimeSpan PreferredLifetime => Lifetime(Address.PreferredSeconds);

    /// <summary>How far it may be used.</summary>
    public RouteScope Scope => Address.Scope;

    /// <summary>The IPv4 label; null for none.</summary>
    public string? Label => Address.Label;

    /// <summary>The IPv4 broadcast address; null for none.</summary>
    public string? Broadcast => Address.Broadcast.IsNone ? null : Address.Broadcast.ToString();

    /// <summary>The other end of a point-to-point address; null for none.</summary>
    public string? Peer => Address.Peer.IsNone ? null : Address.Peer.ToString();

    /// <summary>Its flags.</summary>
    public AddressFlags Flags => Address.Flags;

    /// <summary>The gateway named when the address was made, for the next cmdlet; the kernel does not keep
    /// it.</summary>
    public string? Gateway { get; }

    /// <summary>The namespace it is in, by name or path; null for the caller's own.</summary>
    public string? NetNamespace { get; }

    internal InterfaceAddress Address { get; }

    /// <inheritdoc/>
    public int CompareTo(NetIPAddress? other) => other is null ? 1 : Address.Local.CompareTo(other.Address.Local);

    int IComparable.CompareTo(object? obj) => CompareTo(obj as NetIPAddress);

    /// <summary>The address.</summary>
    /// <returns>Such as <c>192.0.2.5</c>.</returns>
    public override string ToString() => IPAddress;

    private static TimeSpan Lifetime(uint seconds) =>
        seconds == InterfaceAddress.Forever ? TimeSpan.MaxValue : TimeSpan.FromSeconds(seconds);
}
