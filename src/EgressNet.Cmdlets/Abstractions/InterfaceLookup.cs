using EgressNet.Netlink.Links;

namespace EgressNet.Abstractions;

/// <summary>The interfaces that the items of one exchange name, each asked for once.</summary>
internal sealed class InterfaceLookup(NamespaceSession session)
{
    private readonly Dictionary<object, Link> _found = [];

    /// <param name="named">A name or an index.</param>
    /// <exception cref="Errors.ErrorRecordException">There is no such interface.</exception>
    public Link Require(object named)
    {
        if (!_found.TryGetValue(named, out Link? link))
        {
            link = named is int index ? session.RequireInterface(index) : session.RequireInterface((string)named);
            _found.Add(named, link);
        }

        return link;
    }
}
