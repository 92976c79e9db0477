using EgressNet.Netlink.Links;
using EgressNet.Netlink.Routes;

namespace EgressNet.Sessions;

/// <summary>A cache of the interfaces that the items of one batch name.</summary>
internal sealed class InterfaceLookup(NamespaceSession session)
{
    private readonly Dictionary<object, Link> _found = [];

    /// <param name="named">A name, an index, or both.</param>
    /// <param name="item">The object that names it, which an error points at; null where somebody did.</param>
    /// <exception cref="Errors.ErrorRecordException">There is no such interface.</exception>
    public Link Require(object named, object? item = null)
    {
        if (!_found.TryGetValue(named, out Link? link))
        {
            link = named switch
            {
                int index => session.RequireInterface(index, item),
                (int index, string name) => session.RequireInterface(index, name, item),
                _ => session.RequireInterface((string)named, item),
            };
            _found.Add(named, link);
        }

        return link;
    }

    /// <summary>A route as read, with its interfaces by index: another namespace may know their names by other ones.</summary>
    public Route Resolve(NetRoute read)
    {
        Route found = read.InterfaceAlias.Length == 0 || read.Route.NextHops is not null
            ? read.Route
            : read.Route with { InterfaceIndex = Require(read.InterfaceAlias, read).Index };
        return read.HopAliases is not { } names || found.NextHops is not { } hops
            ? found
            : found with
            {
                NextHops = [.. hops.Zip(names, (hop, name) => name.Length == 0
                    ? hop
                    : hop with { InterfaceIndex = Require(name, read).Index })],
            };
    }
}
