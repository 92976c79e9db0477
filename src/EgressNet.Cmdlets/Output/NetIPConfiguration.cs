namespace EgressNet;

/// <summary>What an interface is, has and goes by, on one page.</summary>
public sealed class NetIPConfiguration : Comparable<NetIPConfiguration>
{
    internal NetIPConfiguration(NetAdapter adapter, bool detailed)
    {
        NetAdapter = adapter;
        Detailed = detailed;
    }

    /// <summary>The interface's name.</summary>
    public string InterfaceAlias => NetAdapter.Name;

    /// <summary>The interface's index.</summary>
    public int InterfaceIndex => NetAdapter.InterfaceIndex;

    /// <summary>Its kind, or loopback or ethernet for a device without one.</summary>
    public string InterfaceDescription => NetAdapter.InterfaceDescription;

    /// <summary>The interface.</summary>
    public NetAdapter NetAdapter { get; }

    /// <summary>What it does for IPv4; null where it has none.</summary>
    public NetIPInterface? NetIPv4Interface { get; internal init; }

    /// <summary>What it does for IPv6; null where it has none.</summary>
    public NetIPInterface? NetIPv6Interface { get; internal init; }

    /// <summary>Its IPv4 addresses.</summary>
    public TextList<NetIPAddress> IPv4Address { get; internal init; } = new([]);

    /// <summary>Its IPv6 addresses, but for those of its link.</summary>
    public TextList<NetIPAddress> IPv6Address { get; internal init; } = new([]);

    /// <summary>Its IPv6 addresses of its link.</summary>
    public TextList<NetIPAddress> IPv6LinkLocalAddress { get; internal init; } = new([]);

    /// <summary>The IPv4 default routes of the main table that lead to a gateway by it; their text is its gateway.</summary>
    public TextList<NetRoute> IPv4DefaultGateway { get; internal init; } = new([]);

    /// <summary>The IPv6 default routes likewise.</summary>
    public TextList<NetRoute> IPv6DefaultGateway { get; internal init; } = new([]);

    /// <summary>The name servers of its namespace, by family.</summary>
    public TextList<DnsClientServerAddress> DNSServer { get; internal init; } = new([]);

    /// <summary>Whether the list shows more of it.</summary>
    public bool Detailed { get; }

    /// <summary>The namespace it is in, by name or path; null for the caller's own.</summary>
    public string? NetNamespace => NetAdapter.NetNamespace;

    private protected override IEnumerable<object?> Compared =>
    [
        NetNamespace, InterfaceAlias, NetIPv4Interface, NetIPv6Interface, IPv4Address, IPv6Address, IPv6LinkLocalAddress,
        IPv4DefaultGateway, IPv6DefaultGateway, DNSServer,
    ];

    /// <summary>The interface's name.</summary>
    /// <returns>Such as <c>eth0</c>.</returns>
    public override string ToString() => InterfaceAlias;

    private protected override int CompareKey(NetIPConfiguration other) => NetAdapter.CompareTo(other.NetAdapter);
}
