using EgressNet.Changes;
using EgressNet.Netlink.Links;
using EgressNet.Netlink.Namespaces;
using EgressNet.Netlink.Transport;

namespace EgressNet.Links;

/// <summary>Changes links that are there.</summary>
/// <param name="conversation">A conversation with their namespace.</param>
/// <param name="report">Called with the text of each change just before it is made; may be null.</param>
/// <param name="cancellationToken">Ends the work between two changes, which are then undone.</param>
internal sealed class LinkSetting(
    Conversation conversation, Action<string>? report = null, CancellationToken cancellationToken = default)
{
    /// <summary>Sets properties.</summary>
    /// <param name="change">What is to be set.</param>
    /// <returns>The link as it is then.</returns>
    /// <exception cref="NetlinkException">The kernel refused, and the link is as it was.</exception>
    public Link Set(Link link, LinkChange change) => Run(changes =>
    {
        Do(changes, link, change);
        return Get(link);
    });

    /// <summary>Sets a link down and up, and puts back what the kernel deletes of its addresses and routes.</summary>
    /// <returns>The link as it is then.</returns>
    /// <exception cref="NetlinkException">The kernel refused, and the link is as it was.</exception>
    public Link Restart(Link link) => Run(changes =>
    {
        KeepLink kept = new(() => conversation.Connection, link);
        changes.Do(kept);
        Do(changes, link, new LinkChange { Up = false });
        Do(changes, link with { Flags = link.Flags & ~LinkFlags.Up }, new LinkChange { Up = true });
        foreach (Change change in kept.PutBack())
        {
            changes.Do(change);
        }

        return Get(link);
    });

    /// <summary>Sets properties and moves a link to another namespace.</summary>
    /// <param name="change">What is to be set before.</param>
    /// <param name="target">The other namespace.</param>
    /// <param name="there">A conversation with the other namespace.</param>
    /// <param name="name">The other namespace, as a person says it.</param>
    /// <returns>The link as it is there.</returns>
    /// <exception cref="NetlinkException">The kernel refused, and the link is as it was.</exception>
    public Link Move(Link link, LinkChange change, NetNamespaceHandle target, Conversation there, string name) =>
        Run(changes =>
        {
            Do(changes, link, change);
            changes.Do(new MoveLink(() => conversation.Connection, link, target, name));
            return there.Connection.Links.Get(link.RawName.Span);
        });

    private T Run<T>(Func<ChangeSet, T> work)
    {
        using NetlinkConnection.CancellationHold hold = conversation.Connection.HoldCancellation();
        return ChangeSet.Run(report, work, cancellationToken);
    }

    private void Do(ChangeSet changes, Link link, LinkChange change)
    {
        if (change != new LinkChange())
        {
            changes.Do(new SetLink(() => conversation.Connection, link, change));
        }
    }

    private Link Get(Link link) => conversation.Connection.Links.Get(link.Index);
}
