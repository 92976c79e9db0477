using EgressNet.Netlink.IPInterfaces;

namespace EgressNet;

/// <summary>Whether an interface passes packets.</summary>
public enum ConnectionState
{
    /// <summary>It is down, or has no carrier.</summary>
    Disconnected,

    /// <summary>It is up.</summary>
    Connected,
}

/// <summary>What an interface does for one family, as cmdlets emit and take it.</summary>
public sealed class NetIPInterface : Comparable<NetIPInterface>
{
    internal NetIPInterface(IPInterface row, NamespaceOrigin origin)
    {
        Row = row;
        Origin = origin;
    }

    /// <summary>The interface's index.</summary>
    public int InterfaceIndex => Row.Index;

    /// <summary>The interface's name.</summary>
    public string InterfaceAlias => Row.Name;

    /// <summary>The family.</summary>
    public string AddressFamily => Row.Family.ToString();

    /// <summary>The longest packet in bytes.</summary>
    public uint NlMtu => Row.Mtu;

    /// <summary>0: on Linux, routes have metrics, and interfaces have none.</summary>
    public uint InterfaceMetric { get; }

    /// <summary>Disabled: the kernel asks for no address by DHCP; a program does.</summary>
    public string Dhcp { get; } = nameof(SettingState.Disabled);

    /// <summary>Whether it passes packets.</summary>
    public string ConnectionState =>
        (Row.IsConnected ? EgressNet.ConnectionState.Connected : EgressNet.ConnectionState.Disconnected).ToString();

    /// <summary>Whether what comes in by it is forwarded.</summary>
    public string Forwarding => TextOf(Row.Forwarding)!;

    /// <summary>IPv4: whether it answers ARP for what is reached by another interface; null for IPv6.</summary>
    public string? ProxyArp => TextOf(Row.ProxyArp);

    /// <summary>IPv4: whether it drops packets by their source; null for IPv6.</summary>
    public string? RpFilter => Row.RpFilter?.ToString();

    /// <summary>IPv6: what it does with router advertisements; null for IPv4.</summary>
    public string? AcceptRa => Row.AcceptRa?.ToString();

    /// <summary>IPv6: whether addresses are looked for before they are used; null for IPv4.</summary>
    public string? Dad => Row.Dad?.ToString();

    /// <summary>IPv6: whether it is on; null for IPv4.</summary>
    public string? IPv6 => TextOf(!Row.IsDisabled);

    /// <summary>ActiveStore: what the kernel has now.</summary>
    public string PolicyStore { get; } = "ActiveStore";

    /// <summary>The namespace it is in, by name or path; null for the caller's own.</summary>
    public string? NetNamespace => Origin.Text;

    internal NamespaceOrigin Origin { get; }

    internal IPInterface Row { get; }

    private protected override IEnumerable<object?> Compared =>
        [NetNamespace, InterfaceAlias, NlMtu, ConnectionState, Forwarding, ProxyArp, RpFilter, AcceptRa, Dad, IPv6];

    /// <summary>The interface and the family.</summary>
    /// <returns>Such as <c>eth0 IPv4</c>.</returns>
    public override string ToString() => Row.ToString();

    private protected override int CompareKey(NetIPInterface other) =>
        (InterfaceIndex, Row.Family).CompareTo((other.InterfaceIndex, other.Row.Family));

    private static string? TextOf(bool? isOn) =>
        isOn is { } on ? (on ? SettingState.Enabled : SettingState.Disabled).ToString() : null;
}
