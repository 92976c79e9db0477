using EgressNet.Arguments;
using EgressNet.Errors;
using EgressNet.Netlink.Addresses;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Routes;
using EgressNet.Sessions;

namespace EgressNet.Queries;

/// <summary>The filters of a cmdlet for addresses.</summary>
internal sealed class AddressQuery
{
    private readonly NameFilter _addresses;

    public AddressQuery(string[]? addresses) => _addresses = new NameFilter(addresses?.Select(Canonical), ignoreCase: true);

    public string[]? InterfaceAlias { get; init; }

    public int[]? InterfaceIndex { get; init; }

    public AddressFamily? AddressFamily { get; init; }

    public byte[]? PrefixLength { get; init; }

    public AddressState[]? AddressState { get; init; }

    public RouteScope[]? Scope { get; init; }

    public PrefixOrigin[]? PrefixOrigin { get; init; }

    public SuffixOrigin[]? SuffixOrigin { get; init; }

    public AddressType[]? Type { get; init; }

    public bool[]? SkipAsSource { get; init; }

    public bool HasWildcard => _addresses.HasWildcard;

    public IEnumerable<string> Unmatched => _addresses.Unmatched;

    public List<NetIPAddress> Run(NamespaceSession session)
    {
        HashSet<int>? interfaces = session.MatchInterfaces(InterfaceAlias, InterfaceIndex);
        List<NetIPAddress> found = [];
        IReadOnlyList<InterfaceAddress> addresses = session.Connection.Addresses.List(
            AddressFamily ?? Netlink.Inet.AddressFamily.Unspecified,
            interfaces is { Count: 1 } ? interfaces.Single() : 0);
        foreach (InterfaceAddress address in addresses)
        {
            if (Wants(address)
                && (interfaces?.Contains(address.InterfaceIndex) ?? true)
                && (_addresses.IsEmpty || _addresses.Matches(address.Local.Address.ToString())))
            {
                found.Add(session.ToOutput(address));
            }
        }

        return found;
    }

    /// <summary>Reads one address again.</summary>
    /// <param name="session">Where it is.</param>
    /// <param name="known">The address as read before.</param>
    /// <returns>The address, or nothing where the filters do not want it.</returns>
    /// <exception cref="ErrorRecordException">It is not there any more.</exception>
    public IEnumerable<NetIPAddress> Again(NamespaceSession session, NetIPAddress known)
    {
        InterfaceAddress? found = session.Connection.Addresses
            .List(known.Address.Family, known.Address.InterfaceIndex)
            .FirstOrDefault(address => address.Local == known.Address.Local && address.Peer == known.Address.Peer);
        return found is null
            ? throw new ErrorRecordException(
                $"Address {known.Address.Local} dev {known.InterfaceAlias} no longer exists."
                    .ToNotFoundError(ErrorId.AddressNotFound, known))
            : Wants(found) ? [session.ToOutput(found, known.Gateway)] : [];
    }

    /// <summary>Whether an address, wherever it is, has what is asked for.</summary>
    public bool Wants(InterfaceAddress address) =>
        (AddressFamily is null or Netlink.Inet.AddressFamily.Unspecified || address.Family == AddressFamily)
        && (PrefixLength is null || PrefixLength.Contains(address.Local.Length))
        && (AddressState is null || AddressState.Contains(NetIPAddress.StateOf(address.Flags)))
        && (Scope is null || Scope.Contains(address.Scope))
        && (PrefixOrigin is null || PrefixOrigin.Contains(address.PrefixOrigin))
        && (SuffixOrigin is null || SuffixOrigin.Contains(address.SuffixOrigin))
        && (Type is null || Type.Contains(NetIPAddress.TypeOf(address)))
        && (SkipAsSource is null || SkipAsSource.Contains(NetIPAddress.IsSkipped(address)));

    private static string Canonical(string text)
    {
        if (WildcardPattern.ContainsWildcardCharacters(text))
        {
            return text;
        }

        return InetAddress.TryParse(text, out InetAddress address)
            ? address.ToString()
            : throw new ErrorRecordException(
                $"IPAddress '{text}' is not an IPv4 or IPv6 address, nor a wildcard."
                    .ToError(ErrorId.InvalidArgument, ErrorCategory.InvalidArgument, text));
    }
}
