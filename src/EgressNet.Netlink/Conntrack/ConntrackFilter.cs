using EgressNet.Netlink.Inet;

namespace EgressNet.Netlink.Conntrack;

/// <summary>A filter for a dump: entries must match all properties that are set.</summary>
internal readonly record struct ConntrackFilter
{
    /// <summary>One family.</summary>
    public AddressFamily Family { get; init; }

    /// <summary>The source of the original direction.</summary>
    public InetAddress OriginalSource { get; init; }

    /// <summary>The destination of the original direction.</summary>
    public InetAddress OriginalDestination { get; init; }

    /// <summary>The source of the reply direction: who answers, after any translation of the destination.</summary>
    public InetAddress ReplySource { get; init; }

    /// <summary>The destination of the reply direction: who is answered, after any translation of the source.</summary>
    public InetAddress ReplyDestination { get; init; }

    internal bool HasAddress =>
        !(OriginalSource.IsNone && OriginalDestination.IsNone && ReplySource.IsNone && ReplyDestination.IsNone);

    /// <summary>The families of all that is said.</summary>
    internal IEnumerable<AddressFamily> Families =>
        new[]
            {
                Family, OriginalSource.Family, OriginalDestination.Family, ReplySource.Family, ReplyDestination.Family,
            }
            .Where(family => family != AddressFamily.Unspecified).Distinct();

    internal ConntrackFilter WithoutAddresses => new() { Family = Families.FirstOrDefault() };

    internal bool Matches(ConntrackEnds ends) =>
        (Family == AddressFamily.Unspecified || ends.OriginalSource.Family == Family)
        && Matches(OriginalSource, ends.OriginalSource)
        && Matches(OriginalDestination, ends.OriginalDestination)
        && Matches(ReplySource, ends.ReplySource)
        && Matches(ReplyDestination, ends.ReplyDestination);

    private static bool Matches(InetAddress wanted, InetAddress actual) => wanted.IsNone || wanted == actual;
}
