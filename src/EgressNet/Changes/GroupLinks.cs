using EgressNet.Netlink.Links;
using EgressNet.Netlink.Transport;

namespace EgressNet.Changes;

/// <summary>Moves links into a group. Some may be refused, or be gone.</summary>
/// <param name="connect">A connection in their namespace.</param>
/// <param name="home">The group to which they go back.</param>
internal sealed class GroupLinks(
    Func<NetlinkConnection> connect, IReadOnlyList<Link> links, uint group, uint home) : Change
{
    public override string Text => $"set links {string.Join(", ", links.Select(link => link.Name))} group {group}";

    public override string Trace => $"links in group {group}";

    /// <summary>All links in the group, whoever added them.</summary>
    public IEnumerable<Link> Members => connect().Links.List().Where(link => link.Group == group);

    public override void Apply() => Move(links, group);

    public override bool WasRefused(Exception fault) => false;

    public override void Undo()
    {
        Link[] inside = [.. Members.Where(IsOneOfThem)];
        if (Move(inside, home).FirstOrDefault(each => !each.Error.IsAbsent) is { Error: { } refused })
        {
            throw refused;
        }
    }

    /// <summary>Whether a link is one of those given: an index alone may belong to another link by now.</summary>
    public bool IsOneOfThem(Link link) =>
        links.Any(each => each.Index == link.Index && each.MacAddress == link.MacAddress && each.Kind == link.Kind);

    private IReadOnlyList<NetlinkBatchError> Move(IReadOnlyList<Link> moved, uint to)
    {
        using NetlinkBatch batch = connect().CreateBatch();
        foreach (Link link in moved)
        {
            batch.Set(link.Index, new LinkChange { Group = to });
        }

        return batch.Complete();
    }
}
