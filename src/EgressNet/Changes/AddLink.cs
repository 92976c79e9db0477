using EgressNet.Netlink.Links;
using EgressNet.Netlink.Transport;

namespace EgressNet.Changes;

/// <summary>A link is made.</summary>
/// <param name="connect">A connection in its namespace.</param>
internal sealed class AddLink(Func<NetlinkConnection> connect, NewLink link) : Change
{
    private Link? _made;

    /// <summary>The link, once it is made.</summary>
    public Link Made => _made ??= connect().Links.Get(link.Name);

    public override string Text => link.Parent is { } parent
        ? $"add link {link.Name} link {parent.Name} type {link.Kind}"
        : $"add link {link.Name} type {link.Kind}";

    public override string Trace => $"link {link.Name}";

    public override void Apply() => _made = connect().Links.Create(link);

    public override void Undo()
    {
        Link? present = _made is null ? connect().Links.Find(link.Name) : connect().Links.Find(_made.Index);
        if (present?.Kind == link.Kind.Name && present.Name == link.Name)
        {
            connect().Links.Delete(present.Index);
        }
    }
}
