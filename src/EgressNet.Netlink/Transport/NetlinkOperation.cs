using EgressNet.Netlink.Inet;

namespace EgressNet.Netlink.Transport;

/// <summary>The kind of object of a request.</summary>
public enum NetlinkObject
{
    /// <summary>The conversation itself.</summary>
    Kernel,

    /// <summary>The socket of the conversation.</summary>
    Socket,

    /// <summary>The socket's own address.</summary>
    SocketAddress,

    /// <summary>An option of the socket.</summary>
    SocketOption,

    /// <summary>The socket's receive buffer.</summary>
    ReceiveBuffer,

    /// <summary>An interface.</summary>
    Link,

    /// <summary>A veth pair.</summary>
    Veth,

    /// <summary>An alternative name of an interface.</summary>
    AlternativeName,

    /// <summary>The number that one network namespace knows another by.</summary>
    NamespaceId,

    /// <summary>An address of an interface.</summary>
    Address,

    /// <summary>A route.</summary>
    Route,

    /// <summary>A neighbor: an entry of ARP or of neighbor discovery.</summary>
    Neighbor,

    /// <summary>A rule that says which routing table a packet looks in.</summary>
    RouteRule,

    /// <summary>A nexthop object.</summary>
    NextHopObject,

    /// <summary>A tracked connection.</summary>
    TrackedConnection,

    /// <summary>The nf_tables of a namespace as a whole.</summary>
    NfTables,

    /// <summary>The generation of nf_tables.</summary>
    Generation,

    /// <summary>A table of nf_tables.</summary>
    Table,

    /// <summary>A chain of nf_tables.</summary>
    Chain,

    /// <summary>A set or a map of nf_tables.</summary>
    Set,

    /// <summary>A rule of nf_tables.</summary>
    Rule,

    /// <summary>An element of a set or a map of nf_tables.</summary>
    Element,

    /// <summary>A TCP or UDP socket of a namespace.</summary>
    InetSocket,
}

/// <summary>A requested operation: verb, object and family.</summary>
/// <param name="Verb">What to do, such as <c>add</c>: for people.</param>
/// <param name="Object">About what.</param>
/// <param name="Family">The address family; unspecified where it does not matter.</param>
public readonly record struct NetlinkOperation(
    string Verb, NetlinkObject Object, AddressFamily Family = AddressFamily.Unspecified)
{
    /// <summary>Whether it is about several.</summary>
    public bool IsMany { get; init; }

    /// <summary>The change that it is a part of, such as <c>add route 10.0.0.5/32 dev veth1</c>, for display.</summary>
    public string? Change { get; init; }

    internal static NetlinkOperation List(NetlinkObject what) => new("list", what) { IsMany = true };

    /// <summary>The operation in words.</summary>
    /// <returns>Such as <c>add IPv6 route</c>, with what it was done to where that is known.</returns>
    public override string ToString()
    {
        string text = $"{Verb} {(Family == AddressFamily.IPv6 ? "IPv6 " : "")}{Noun}", plain = $"{Verb} {Noun} ";
        return Change is null ? text
            : Change.StartsWith(plain, StringComparison.Ordinal) ? $"{text} {Change[plain.Length..]}"
            : $"{text} ({Change})";
    }

    private string Noun => Object switch
    {
        NetlinkObject.Address when IsMany => "addresses",
        NetlinkObject.Socket => "netlink socket",
        NetlinkObject.SocketAddress => "netlink socket address",
        NetlinkObject.SocketOption => "netlink socket option",
        NetlinkObject.ReceiveBuffer => "netlink receive buffer",
        NetlinkObject.AlternativeName => "alternative name",
        NetlinkObject.NamespaceId => "namespace id",
        NetlinkObject.RouteRule => "route rule",
        NetlinkObject.NextHopObject => "nexthop object",
        NetlinkObject.TrackedConnection => "tracked connection",
        NetlinkObject.InetSocket => "inet socket",
        NetlinkObject.NfTables => "nf_tables",
        NetlinkObject.Generation => "nf_tables generation",
        _ => Object.ToString().ToLowerInvariant(),
    }
    + (IsMany && Object != NetlinkObject.Address ? "s" : "");
}
