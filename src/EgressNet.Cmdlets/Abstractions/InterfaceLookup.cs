using EgressNet.Netlink.Links;

namespace EgressNet.Abstractions;

/// <summary>The interfaces that the items of one exchange name, each asked for once.</summary>
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
}
