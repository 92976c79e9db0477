using EgressNet.Netlink.Links;
using EgressNet.Netlink.Transport;

namespace EgressNet.Changes;

/// <summary>Deletes the links of a group, and veths' other ends with them. It cannot be undone.</summary>
/// <param name="connect">A connection in their namespace.</param>
/// <param name="members">The links that are in it.</param>
internal sealed class DeleteLinkGroup(Func<NetlinkConnection> connect, uint group, IReadOnlyList<Link> members) : Change
{
    public override string Text => $"delete links {string.Join(", ", members.Select(link => link.Name))}";

    public override string Trace => $"missing links of group {group}";

    public override void Apply()
    {
        try
        {
            connect().Links.DeleteGroup(group);
        }
        catch (NetlinkException gone) when (gone.IsAbsent)
        {
        }
    }

    // Whoever lost the answer looks at each link by itself.
    public override void Undo()
    {
    }
}
