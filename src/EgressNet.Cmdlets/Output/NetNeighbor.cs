using EgressNet.Netlink.Neighbors;

namespace EgressNet;

/// <summary>A neighbor, an entry of ARP or of IPv6 neighbor discovery, as cmdlets emit and take it.</summary>
public sealed class NetNeighbor : Comparable<NetNeighbor>
{
    internal NetNeighbor(Neighbor neighbor, string interfaceAlias, NamespaceOrigin origin)
    {
        Neighbor = neighbor;
        InterfaceAlias = interfaceAlias;
        Origin = origin;
    }

    /// <summary>Its address.</summary>
    public string IPAddress => Neighbor.Address.ToString();

    /// <summary>Its link-layer address; null where it is not known.</summary>
    public string? LinkLayerAddress => Neighbor.LinkLayerAddress.IsNone ? null : Neighbor.LinkLayerAddress.ToString();

    /// <summary>What is known of it; None for a proxy entry.</summary>
    public string State => Neighbor.State.ToString();

    /// <summary>The index of the interface that it is behind, 0 for a proxy entry of all interfaces.</summary>
    public int InterfaceIndex => Neighbor.InterfaceIndex;

    /// <summary>The interface's name.</summary>
    public string InterfaceAlias { get; }

    /// <summary>The family.</summary>
    public string AddressFamily => Neighbor.Family.ToString();

    /// <summary>ActiveStore: what is in force.</summary>
    public string PolicyStore => nameof(EgressNet.PolicyStore.ActiveStore);

    /// <summary>Whether the interface answers for the address in another's place.</summary>
    public bool Proxy => Neighbor.IsProxy;

    /// <summary>Whether it is an IPv6 router.</summary>
    public bool Router => Neighbor.Flags.HasFlag(NeighborFlags.Router);

    /// <summary>Whether a control plane learned it and looks after it.</summary>
    public bool ExternallyLearned => Neighbor.Flags.HasFlag(NeighborFlags.ExternallyLearned);

    /// <summary>All its flags.</summary>
    public string Flags => Neighbor.Flags.ToString();

    /// <summary>Who set it; Unspecified for nobody in particular.</summary>
    public string Protocol => Neighbor.Protocol.ToString();

    /// <summary>What it has that no other property shows; null for nothing.</summary>
    public string? Other => Neighbor.Unknown is null ? null : "Unknown attributes";

    /// <summary>The namespace it is in, by name or path; null for the caller's own.</summary>
    public string? NetNamespace => Origin.Text;

    internal NamespaceOrigin Origin { get; }

    internal Neighbor Neighbor { get; }

    // A dynamic entry goes from Reachable to Stale by itself.
    private protected override IEnumerable<object?> Compared =>
    [
        NetNamespace, InterfaceIndex, LinkLayerAddress, Neighbor.IsDynamic ? null : State, Flags, Protocol,
        Convert.ToHexString(Neighbor.Unknown is null ? [] : Neighbor.Unknown.Bytes),
    ];

    /// <summary>The address.</summary>
    /// <returns>Such as <c>192.0.2.1</c>.</returns>
    public override string ToString() => IPAddress;

    private protected override int CompareKey(NetNeighbor other) => Neighbor.Address.CompareTo(other.Neighbor.Address);
}
