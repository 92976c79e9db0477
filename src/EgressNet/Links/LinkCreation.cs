using EgressNet.Changes;
using EgressNet.Netlink.Links;
using EgressNet.Netlink.Transport;

namespace EgressNet.Links;

/// <summary>Makes and deletes links.</summary>
/// <param name="conversation">A conversation with their namespace.</param>
/// <param name="report">Called with the text of each change just before it is made; may be null.</param>
/// <param name="cancellationToken">Ends the work between two changes, which are then undone.</param>
internal sealed class LinkCreation(
    Conversation conversation, Action<string>? report = null, CancellationToken cancellationToken = default)
{
    /// <summary>Makes a link.</summary>
    /// <param name="link">What to make.</param>
    /// <param name="alias">Its free text; null for none.</param>
    /// <param name="peer">A conversation with the namespace of a pair's other end; null without one.</param>
    /// <returns>The link as the kernel has it.</returns>
    /// <exception cref="NetlinkException">The kernel refused; nothing is left.</exception>
    public Link Create(NewLink link, string? alias = null, Conversation? peer = null)
    {
        using NetlinkConnection.CancellationHold hold = conversation.Connection.HoldCancellation();
        return ChangeSet.Run(report, changes =>
        {
            AddLink added = new(() => conversation.Connection, link);
            changes.Do(added);
            if (alias is not null)
            {
                changes.Do(new SetLink(() => conversation.Connection, added.Made, new LinkChange { Alias = alias }));
            }

            // The kernel makes it down always: the two would not be joined yet.
            if (link.Up && peer is not null)
            {
                Link end = peer.Connection.Links.Get(added.Made.PeerIndex);
                changes.Do(new SetLink(() => peer.Connection, end, new LinkChange { Up = true }));
            }

            return conversation.Connection.Links.Get(added.Made.Index);
        }, cancellationToken);
    }

    /// <summary>Deletes a link. One that has gone meanwhile, as a pair's other end does, is deleted.</summary>
    /// <param name="link">The link as read.</param>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public void Delete(Link link) => ChangeSet.RunForward(
        report, changes => changes.Do(new DeleteLink(() => conversation.Connection, link)));
}
