using EgressNet.Netlink.Links;
using EgressNet.Netlink.Namespaces;
using EgressNet.Netlink.Transport;

namespace EgressNet.Changes;

/// <summary>A link moves to another namespace. On the way it goes down and loses its addresses and routes, so there is no
/// way back.</summary>
/// <param name="connect">A connection in its namespace.</param>
/// <param name="target">The other namespace.</param>
/// <param name="name">The other namespace, as a person says it.</param>
internal sealed class MoveLink(
    Func<NetlinkConnection> connect, Link link, NetNamespaceHandle target, string name) : Change
{
    public override string Text => $"set link {link.Name} netns {name}";

    public override string Trace => $"link {link.Name} in {name}";

    public override void Apply() => connect().Links.Set(link.Index, new LinkChange { Namespace = target });

    // Where the answer was lost it may still be here.
    public override void Undo()
    {
        if (connect().Links.Find(link.Index)?.Name != link.Name)
        {
            throw new InvalidOperationException("a moved link cannot be brought back as it was");
        }
    }
}
