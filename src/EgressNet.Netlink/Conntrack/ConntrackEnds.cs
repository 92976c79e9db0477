using EgressNet.Netlink.Inet;

namespace EgressNet.Netlink.Conntrack;

/// <summary>The addresses of a tracked connection, read first to decide whether a record is built.</summary>
internal readonly record struct ConntrackEnds
{
    public InetAddress OriginalSource { get; init; }

    public InetAddress OriginalDestination { get; init; }

    public InetAddress ReplySource { get; init; }

    public InetAddress ReplyDestination { get; init; }

    public bool AnyIn(HashSet<InetAddress> addresses) =>
        addresses.Contains(OriginalSource) || addresses.Contains(OriginalDestination)
        || addresses.Contains(ReplySource) || addresses.Contains(ReplyDestination);
}
