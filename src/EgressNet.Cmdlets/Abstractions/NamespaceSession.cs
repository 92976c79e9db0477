using EgressNet.Errors;
using EgressNet.Netlink.Addresses;
using EgressNet.Netlink.Links;
using EgressNet.Netlink.Routes;
using EgressNet.Netlink.Transport;
using NamespaceReference = EgressNet.Netlink.Namespaces.NetNamespace;

namespace EgressNet.Abstractions;

/// <summary>A connection to one namespace, and the names of its interfaces as first read.</summary>
internal sealed class NamespaceSession(NamespaceReference? reference, CancellationToken stopping) : IDisposable
{
    private readonly Dictionary<string, Link> _byName = [];
    private Dictionary<int, string>? _names;

    public NamespaceReference? Reference { get; } = reference;

    /// <summary>The namespace as output objects carry it.</summary>
    public string? NetNamespace { get; } = reference is null or { IsCurrent: true } ? null : reference.ToString();

    public NetlinkConnection Connection { get; } =
        NetlinkConnection.Open(reference, options: null, cancellationToken: stopping);

    public Link RequireInterface(string name)
    {
        if (!_byName.TryGetValue(name, out Link? link))
        {
            link = Connection.Links.Find(name) ?? throw NotFound($"No interface '{name}'", name);
            _byName.Add(name, link);
        }

        return link;
    }

    public Link RequireInterface(int index)
    {
        try
        {
            return Connection.Links.Get(index);
        }
        catch (NetlinkException absent) when (absent.IsAbsent)
        {
            throw NotFound($"No interface with index {index}", index);
        }
    }

    /// <summary>Reads the interfaces' names, which must be known before a dump is streamed over the
    /// connection.</summary>
    public void ReadNames() => _names ??= Connection.Links.List().ToDictionary(link => link.Index, link => link.Name);

    public NetRoute ToOutput(Route route) => new(route, NameOf(route.InterfaceIndex), NetNamespace);

    public NetIPAddress ToOutput(InterfaceAddress address, string? gateway = null) =>
        new(address, NameOf(address.InterfaceIndex), NetNamespace, gateway);

    public NetAdapter ToOutput(Link link) => new(link, NetNamespace);

    public void Dispose() => Connection.Dispose();

    private string NameOf(int index)
    {
        if (index == 0)
        {
            return "";
        }

        ReadNames();
        return _names!.GetValueOrDefault(index, "");
    }

    private ErrorRecordException NotFound(string what, object target) =>
        new($"{what}{(Reference is null ? "" : $" in {Reference}")}."
            .ToNotFoundError(ErrorId.InterfaceNotFound, target));
}
