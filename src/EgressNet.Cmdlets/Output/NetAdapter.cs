using System.Text;
using EgressNet.Netlink.Links;

namespace EgressNet;

/// <summary>Whether an interface passes packets.</summary>
public enum AdapterStatus
{
    /// <summary>Administratively down.</summary>
    Down,

    /// <summary>Administratively up, without carrier; for a veth, its other end is down.</summary>
    Disconnected,

    /// <summary>Up.</summary>
    Up,
}

/// <summary>A network interface as cmdlets emit and take it.</summary>
public sealed class NetAdapter : Comparable<NetAdapter>
{
    internal NetAdapter(Link link, NamespaceOrigin origin)
    {
        Link = link;
        Origin = origin;
    }

    /// <summary>Its name.</summary>
    public string Name => Link.Name;

    /// <summary>Its name, under the name that other cmdlets bind.</summary>
    public string InterfaceAlias => Link.Name;

    /// <summary>Its index.</summary>
    public int InterfaceIndex => Link.Index;

    /// <summary>Its kind, or loopback or ethernet for a device without one.</summary>
    public string InterfaceDescription =>
        Link.Kind ?? (Link.Flags.HasFlag(LinkFlags.Loopback) ? "loopback" : "ethernet");

    /// <summary>Whether it passes packets.</summary>
    public string Status => (Link switch
    {
        { IsUp: false } => AdapterStatus.Down,
        { OperationalState: OperationalState.Up or OperationalState.Unknown } => AdapterStatus.Up,
        _ => AdapterStatus.Disconnected,
    }).ToString();

    /// <summary>Up or Down, as configured.</summary>
    public string AdminStatus => (Link.IsUp ? AdapterStatus.Up : AdapterStatus.Down).ToString();

    /// <summary>Its Ethernet address; null where it has none.</summary>
    public string? MacAddress => Link.MacAddress?.ToString();

    /// <summary>Its MTU in bytes.</summary>
    public uint MtuSize => Link.Mtu;

    /// <summary>Its kind, such as veth; null for a device without one.</summary>
    public string? Kind => Link.Kind;

    /// <summary>The index of the device it is a port of, 0 for none.</summary>
    public int MasterIndex => Link.MasterIndex;

    /// <summary>The index of a veth's other end, or of the device below; 0 for none.</summary>
    public int PeerIndex => Link.PeerIndex;

    /// <summary>The number by which its namespace knows that of the other end; null for the same namespace.</summary>
    public int? PeerNetNamespaceId => Link.PeerNamespaceId;

    /// <summary>The alias text; null for none.</summary>
    public string? AliasText => Link.Alias;

    /// <summary>Its transmit queue length in packets.</summary>
    public uint TransmitQueueLength => Link.TransmitQueueLength;

    /// <summary>The namespace it is in, by name or path; null for the caller's own.</summary>
    public string? NetNamespace => Origin.Text;

    internal NamespaceOrigin Origin { get; }

    internal Link Link { get; }

    private protected override IEnumerable<object?> Compared =>
    [
        NetNamespace, Name, Kind, Status, Link.Flags, MacAddress, MtuSize, MasterIndex, PeerIndex, PeerNetNamespaceId,
        AliasText, TransmitQueueLength, Link.Group,
    ];

    /// <summary>The name.</summary>
    /// <returns>Such as <c>eth0</c>.</returns>
    public override string ToString() => Name;

    internal static bool IsCopy(PropertyBag copy) => copy.Has(
        nameof(Name), nameof(InterfaceIndex), nameof(AdminStatus), nameof(MtuSize), nameof(TransmitQueueLength));

    /// <summary>What a copy tells of where its interface is: it goes by its name there.</summary>
    internal static NetAdapter FromCopy(PropertyBag copy)
    {
        string name = copy.Text(nameof(Name)) ?? "";
        Link link = new()
        {
            Index = copy.Number<int>(nameof(InterfaceIndex)),
            Name = name,
            RawName = Encoding.UTF8.GetBytes(name),
        };
        return new NetAdapter(link, NamespaceOrigin.OfCopy(copy.Text(nameof(NetNamespace))));
    }

    private protected override int CompareKey(NetAdapter other) => InterfaceIndex.CompareTo(other.InterfaceIndex);
}
