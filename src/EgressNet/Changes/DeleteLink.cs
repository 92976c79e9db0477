using EgressNet.Netlink.Links;
using EgressNet.Netlink.Transport;

namespace EgressNet.Changes;

/// <summary>Deletes a link, and a veth's other end with it. It cannot be undone.</summary>
/// <param name="connect">A connection in its namespace.</param>
/// <param name="what">What goes with it, as a person would name it; null for the link.</param>
internal sealed class DeleteLink(Func<NetlinkConnection> connect, Link link, string? what = null) : Change
{
    private bool _wasGone;

    public override string Text => $"delete link {link.Name}";

    public override string Trace => $"missing {what ?? $"link {link.Name}"}";

    public override void Apply()
    {
        try
        {
            connect().Links.Delete(link.Index);
        }
        catch (NetlinkException gone) when (gone.IsAbsent)
        {
            _wasGone = true;
        }
    }

    // Where the answer was lost it may still be there.
    public override void Undo()
    {
        if (!_wasGone && connect().Links.Find(link.Name)?.MacAddress != link.MacAddress)
        {
            throw new InvalidOperationException("a deleted link cannot be brought back");
        }
    }
}
