using EgressNet.Netlink.Addresses;

namespace EgressNet;

/// <summary>The usability of an address.</summary>
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
public sealed class NetIPAddress : Comparable<NetIPAddress>
{
    internal NetIPAddress(InterfaceAddress address, string interfaceAlias, NamespaceOrigin origin, string? gateway = null)
    {
        Address = address;
        InterfaceAlias = interfaceAlias;
        Origin = origin;
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
    public string AddressFamily => Address.Family.ToString();

    /// <summary>Unicast, or Multicast for a group that the kernel joins by it.</summary>
    public string Type => TypeOf(Address).ToString();

    /// <summary>Where its prefix comes from.</summary>
    public string PrefixOrigin => Address.PrefixOrigin.ToString();

    /// <summary>Where its host part comes from.</summary>
    public string SuffixOrigin => Address.SuffixOrigin.ToString();

    /// <summary>Its usability.</summary>
    public string AddressState => StateOf(Address.Flags).ToString();

    /// <summary>How long it stays valid, as text; Forever for no end. PowerShell sees it as a time span.</summary>
    public string ValidLifetime => AddressLifetime.TextOf(Address.ValidSeconds);

    /// <summary>How long it stays preferred, in the same form.</summary>
    public string PreferredLifetime => AddressLifetime.TextOf(Address.PreferredSeconds);

    /// <summary>Whether it is deprecated, so that the kernel avoids it as the source of IPv6 packets; of IPv4 it does
    /// not.</summary>
    public bool SkipAsSource => IsSkipped(Address);

    /// <summary>Always ActiveStore: what the running kernel has.</summary>
    public string PolicyStore => nameof(EgressNet.PolicyStore.ActiveStore);

    /// <summary>How far it may be used.</summary>
    public string Scope => Address.Scope.ToString();

    /// <summary>The IPv4 label; null for none.</summary>
    public string? Label => Address.Label;

    /// <summary>The IPv4 broadcast address; null for none.</summary>
    public string? Broadcast => Address.Broadcast.IsNone ? null : Address.Broadcast.ToString();

    /// <summary>The other end of a point-to-point address; null for none.</summary>
    public string? Peer => Address.Peer.IsNone ? null : Address.Peer.ToString();

    /// <summary>Its flags.</summary>
    public string Flags => Address.Flags.ToString();

    /// <summary>The metric of the connected route, 0 for the kernel's default.</summary>
    public uint RouteMetric => Address.RouteMetric;

    /// <summary>The protocol that added it (IFA_PROTO), 0 for unspecified.</summary>
    public byte Protocol => Address.Protocol;

    /// <summary>The gateway named when the address was made, for the next cmdlet; the kernel does not keep it.</summary>
    public string? Gateway { get; }

    /// <summary>The namespace it is in, by name or path; null for the caller's own.</summary>
    public string? NetNamespace => Origin.Text;

    internal NamespaceOrigin Origin { get; }

    internal InterfaceAddress Address { get; }

    private protected override IEnumerable<object?> Compared =>
    [
        NetNamespace, PrefixLength, InterfaceIndex, Peer, Broadcast, Scope, Label, Flags, RouteMetric, Protocol,
    ];

    /// <summary>The address.</summary>
    /// <returns>Such as <c>192.0.2.5</c>.</returns>
    public override string ToString() => IPAddress;

    internal static AddressState StateOf(AddressFlags flags) => flags switch
    {
        _ when flags.HasFlag(AddressFlags.DadFailed) => EgressNet.AddressState.Duplicate,
        _ when flags.HasFlag(AddressFlags.Tentative) => EgressNet.AddressState.Tentative,
        _ when flags.HasFlag(AddressFlags.Deprecated) => EgressNet.AddressState.Deprecated,
        _ => EgressNet.AddressState.Preferred,
    };

    internal static bool IsSkipped(InterfaceAddress address) => address.Flags.HasFlag(AddressFlags.Deprecated);

    internal static AddressType TypeOf(InterfaceAddress address) =>
        address.Local.Address.IsMulticast ? AddressType.Multicast : AddressType.Unicast;

    private protected override int CompareKey(NetIPAddress other) => Address.Local.CompareTo(other.Address.Local);
}
