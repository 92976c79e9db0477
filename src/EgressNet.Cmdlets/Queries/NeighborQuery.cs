using EgressNet.Arguments;
using EgressNet.Errors;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Neighbors;
using EgressNet.Sessions;

namespace EgressNet.Queries;

/// <summary>Which neighbors a cmdlet means.</summary>
internal sealed class NeighborQuery
{
    private readonly NameFilter _addresses;
    private readonly InetAddress[] _literals;
    private readonly NameFilter _linkLayerAddresses = new(null);

    public NeighborQuery(string[]? addresses)
    {
        string[] texts = [.. (addresses ?? []).Select(Canonical)];
        _addresses = new NameFilter(texts, ignoreCase: true);
        _literals = HasWildcard ? [] : [.. texts.Select(InetAddress.Parse)];
    }

    public string[]? InterfaceAlias { get; init; }

    public int[]? InterfaceIndex { get; init; }

    public AddressFamily? AddressFamily { get; init; }

    public NeighborState[]? State { get; init; }

    public string[]? LinkLayerAddress
    {
        init => _linkLayerAddresses = new NameFilter(value?.Select(CanonicalLinkLayer), ignoreCase: true);
    }

    public bool IsProxy { get; init; }

    public bool HasWildcard => _addresses.HasWildcard;

    public IEnumerable<string> Unmatched => _addresses.Unmatched;

    public List<NetNeighbor> Run(NamespaceSession session)
    {
        HashSet<int>? interfaces = session.MatchInterfaces(InterfaceAlias, InterfaceIndex);
        List<NetNeighbor> found = [];
        foreach (Neighbor neighbor in Read(session, interfaces))
        {
            if (Passes(neighbor)
                && (interfaces?.Contains(neighbor.InterfaceIndex) ?? true)
                && (_addresses.IsEmpty || _addresses.Matches(neighbor.Address.ToString())))
            {
                found.Add(session.ToOutput(neighbor));
            }
        }

        return found;
    }

    /// <summary>Reads one neighbor anew.</summary>
    /// <param name="session">Where it is.</param>
    /// <param name="known">The neighbor as read before.</param>
    /// <returns>The neighbor, or nothing where the filters do not want it.</returns>
    /// <exception cref="ErrorRecordException">It is not there any more.</exception>
    public IEnumerable<NetNeighbor> Again(NamespaceSession session, NetNeighbor known)
    {
        Neighbor key = known.Neighbor;
        return session.Connection.Neighbors.Find(key.Address, key.InterfaceIndex, key.IsProxy) is { } found
            ? HasWanted(found) ? [session.ToOutput(found)] : []
            : throw new ErrorRecordException($"Neighbor {key.Address} dev {known.InterfaceAlias} is not there any more."
                .ToNotFoundError(ErrorId.NeighborNotFound, known));
    }

    private static string Canonical(string text)
    {
        if (WildcardPattern.ContainsWildcardCharacters(text))
        {
            return text;
        }

        return InetAddress.TryParse(WildcardPattern.Unescape(text), out InetAddress address)
            ? address.ToString()
            : throw new ErrorRecordException(
                $"IPAddress '{text}' is not an IPv4 or IPv6 address, nor a wildcard."
                    .ToError(ErrorId.InvalidArgument, ErrorCategory.InvalidArgument, text));
    }

    // Windows joins by hyphens.
    private static string CanonicalLinkLayer(string text)
    {
        if (WildcardPattern.ContainsWildcardCharacters(text))
        {
            // Within brackets a hyphen is a range.
            return string.Join('[', text.Split('[').Select((part, at) => at == 0
                ? part.Replace('-', ':')
                : part[..(part.IndexOf(']') + 1)] + part[(part.IndexOf(']') + 1)..].Replace('-', ':')));
        }

        return Netlink.Inet.LinkLayerAddress.TryParse(text, out LinkLayerAddress address)
            ? address.ToString()
            : throw new ErrorRecordException(
                $"LinkLayerAddress '{text}' is not a link-layer address such as 02:00:5e:10:00:01, nor a wildcard."
                    .ToError(ErrorId.InvalidArgument, ErrorCategory.InvalidArgument, text));
    }

    // What is named is asked for by its key.
    private IEnumerable<Neighbor> Read(NamespaceSession session, HashSet<int>? interfaces)
    {
        NeighborOperations neighbors = session.Connection.Neighbors;
        return _literals.Length > 0 && interfaces is not null
            ? interfaces.SelectMany(index => _literals.Distinct().Select(each => neighbors.Find(each, index, IsProxy)))
                .OfType<Neighbor>()
            : neighbors.List(
                AddressFamily ?? Netlink.Inet.AddressFamily.Unspecified,
                interfaces is { Count: 1 } ? interfaces.Single() : 0,
                IsProxy);
    }

    private bool Passes(Neighbor neighbor) => HasWanted(neighbor)
        && (!_addresses.IsEmpty || State is not null || !IsHidden(neighbor));

    private bool HasWanted(Neighbor neighbor) =>
        (AddressFamily is null || neighbor.Family == AddressFamily)
        && (State is null || State.Contains(neighbor.State))
        && (_linkLayerAddresses.IsEmpty || _linkLayerAddresses.Matches(neighbor.LinkLayerAddress.ToString()));

    // As ip does: groups and questions that nobody asked.
    private static bool IsHidden(Neighbor neighbor) =>
        neighbor is { IsProxy: false, State: NeighborState.NoArp or NeighborState.None }
        && !neighbor.Flags.HasFlag(NeighborFlags.ExternallyLearned);
}
