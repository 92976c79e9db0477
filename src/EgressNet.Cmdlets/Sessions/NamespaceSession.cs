using EgressNet.Changes;
using EgressNet.Errors;
using EgressNet.Netlink.Addresses;
using EgressNet.Netlink.Links;
using EgressNet.Netlink.Namespaces;
using EgressNet.Netlink.Neighbors;
using EgressNet.Netlink.Routes;
using EgressNet.Netlink.Rules;
using EgressNet.Netlink.Transport;

namespace EgressNet.Sessions;

/// <summary>A connection to one namespace, and the names of its interfaces.</summary>
internal sealed class NamespaceSession : IDisposable
{
    private readonly CancellationToken _stopping;
    private readonly InterfaceNames _names = new();
    private readonly Func<NetlinkConnection> _connectForNames;
    private Conversation? _aside;
    private NamespaceOrigin? _origin;
    private bool _listing;

    public NamespaceSession(NamespaceReference? reference, CancellationToken stopping)
    {
        Reference = reference;
        _stopping = stopping;
        _connectForNames = () => _listing ? Aside : Connection;
        Conversation = new Conversation(Open, () => NetlinkConnection.Open(_origin?.Reference));
    }

    public NamespaceReference? Reference { get; }

    /// <summary>The connection, reopened when it broke or was closed: to the same namespace, or not at all. The reopened one
    /// ignores a stop, since it undoes changes.</summary>
    public Conversation Conversation { get; }

    /// <summary>The batch of the namespace.</summary>
    public GatheringBase? Gathering { get; set; }

    public NetlinkConnection Connection => Conversation.Connection;

    /// <summary>The identity of the namespace.</summary>
    public NetNamespaceIdentity? Identity => Origin.Reference.Identity;

    /// <summary>Whether the path of the namespace leads to another one by now, or nowhere. While the session is open, no
    /// other namespace gets the inode number.</summary>
    public bool IsPassed =>
        _origin?.Reference is { IsCurrent: false, Identity: { } identity } path && !path.LeadsTo(identity);

    /// <summary>A reference with the identity of the namespace.</summary>
    public NamespaceReference Here => Origin.Reference;

    /// <summary>The origin for output objects.</summary>
    public NamespaceOrigin Origin
    {
        get
        {
            _ = _origin is null ? Connection : null;
            return _origin!;
        }
    }

    public bool IsFor(NamespaceReference? other) => Reference == other && Reference?.Identity == other?.Identity;

    /// <param name="name">A name, also an alternative one.</param>
    /// <param name="item">The object that has it, which an error points at; null where somebody named it.</param>
    public Link RequireInterface(string name, object? item = null) =>
        Connection.Links.Find(name) ?? throw NotFound($"No interface '{name}'", item ?? name);

    public Link RequireInterface(int index, object? item = null)
    {
        if (index < 1)
        {
            throw NotFound($"No interface with index {index}", item ?? index);
        }

        try
        {
            return Connection.Links.Get(index);
        }
        catch (NetlinkException absent) when (absent.IsAbsent)
        {
            throw NotFound($"No interface with index {index}", item ?? index);
        }
    }

    /// <summary>Finds the interface that has both: a name or an index alone may belong to another one by now.</summary>
    public Link RequireInterface(int index, string name, object? item)
    {
        Link link = RequireInterface(index, item ?? name);
        return link.Name == name || link.AlternativeNames.Contains(name)
            ? link
            : throw NotFound($"No interface '{name}' with index {index}", item ?? name);
    }

    /// <summary>Throws when the index of an interface that was read belongs to another one by now, or its name has
    /// changed.</summary>
    /// <param name="index">The index then.</param>
    /// <param name="name">The name then; empty where there was none.</param>
    /// <param name="item">The object that has both, which the error points at.</param>
    public void ThrowIfReplaced(int index, string name, object item)
    {
        if (name.Length > 0 && NameOf(index) is { Length: > 0 } present && present != name)
        {
            RequireInterface(index, name, item);
        }
    }

    /// <summary>The indexes of the interfaces that a filter names. A literal name, also an alternative one, and an index
    /// must be there.</summary>
    /// <returns>Null where there is no filter.</returns>
    public HashSet<int>? MatchInterfaces(string[]? names, int[]? indexes)
    {
        HashSet<int>? named = null;
        foreach (string name in names ?? [])
        {
            named ??= [];
            if (WildcardPattern.ContainsWildcardCharacters(name))
            {
                WildcardPattern pattern = WildcardPattern.Get(name, WildcardOptions.None);
                named.UnionWith(Connection.Links.List().Where(link => pattern.IsMatch(link.Name))
                    .Select(link => link.Index));
            }
            else
            {
                named.Add(RequireInterface(WildcardPattern.Unescape(name)).Index);
            }
        }

        foreach (int index in indexes ?? [])
        {
            RequireInterface(index);
        }

        if (named is not null && indexes is not null)
        {
            named.IntersectWith(indexes);
            if (named.Count == 0 && !names!.Any(WildcardPattern.ContainsWildcardCharacters))
            {
                throw NotFound($"No interface '{string.Join(", ", names!)}' with index {string.Join(", ", indexes)}", names!);
            }
        }

        return named ?? indexes?.ToHashSet();
    }

    /// <summary>Reads routes as the kernel hands them over; the pipeline may delete them meanwhile. The connection takes
    /// no other request then: names are asked for on another.</summary>
    public IEnumerable<Route> ListRoutes(RouteFilter filter)
    {
        _names.Forget();
        _listing = true;
        try
        {
            foreach (Route route in Connection.Routes.ListForRemoval(filter))
            {
                yield return route;
            }
        }
        finally
        {
            _listing = false;
        }
    }

    public NetRoute ToOutput(Route route) => new(
        route,
        NameOf(route.InterfaceIndex),
        Origin,
        route.NextHops is { } hops ? [.. hops.Select(hop => NameOf(hop.InterfaceIndex))] : null);

    public NetIPAddress ToOutput(InterfaceAddress address, string? gateway = null) =>
        new(address, NameOf(address.InterfaceIndex), Origin, gateway);

    public NetNeighbor ToOutput(Neighbor neighbor) => new(neighbor, NameOf(neighbor.InterfaceIndex), Origin);

    public NetRouteRule ToOutput(RouteRule rule) => new(rule, Origin);

    /// <summary>An interface for messages: its name, or its index where it is gone.</summary>
    public string TextOf(int index) => NameOf(index) is { Length: > 0 } name ? name : $"{index}";

    /// <summary>A route for messages.</summary>
    public string TextOf(Route route) => route.ToString(TextOf(route.InterfaceIndex));

    public NetAdapter ToOutput(Link link) => new(link, Origin);

    public void Dispose()
    {
        _aside?.Dispose();
        Conversation.Dispose();
    }

    private string NameOf(int index) => _names.Of(index, _connectForNames);

    private NetlinkConnection Aside => (_aside ??= new Conversation(Open)).Connection;

    private NetlinkConnection Open()
    {
        NetlinkConnection opened =
            NetlinkConnection.Open(_origin?.Reference ?? Reference, options: null, cancellationToken: _stopping);
        _origin ??= new NamespaceOrigin(Reference, opened);
        return opened;
    }

    private ErrorRecordException NotFound(string what, object target) =>
        new($"{what}{(Reference is null or { IsCurrent: true } ? "" : $" in {Reference}")}."
            .ToNotFoundError(ErrorId.InterfaceNotFound, target));
}
