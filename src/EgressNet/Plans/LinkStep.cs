using EgressNet.Attachments;
using EgressNet.Changes;
using EgressNet.Nat;
using EgressNet.Netlink.Links;
using EgressNet.Veths;

namespace EgressNet.Plans;

/// <summary>Properties of an end of the pair that are set after its creation.</summary>
/// <param name="Change">What is set.</param>
internal sealed record LinkStep(EgressEnd End, LinkChange Change) : EgressStep(End.Side)
{
    /// <inheritdoc/>
    public override string Text => SetLink.TextOf(End.Name, Change, End.In);

    internal override void Apply(StepContext context) => context.Changes.Do(new SetLink(
        () => context.ConnectionOf(Side), context.EndOf(Side)! with { Name = End.Name },
        Change with
        {
            Group = GroupAt(context.IndexOf(Side)),
            MasterIndex = IsPort(context.EndOf(Side)!) ? 0 : null,
            Arp = IsMute(context.EndOf(Side)!) ? true : null,
        },
        End.In));

    internal override void Wait(StepContext context, TimeSpan timeout, CancellationToken cancellationToken) =>
        LinkReadiness.Wait(context.ConnectionOf(Side), context.IndexOf(Side), timeout, cancellationToken);

    internal override IEnumerable<EgressFinding> Compare(StepContext context)
    {
        if (context.EndOf(Side) is not { } end)
        {
            yield break;
        }

        if (!end.IsUp)
        {
            yield return new EgressFinding(
                Side == EgressSide.Host ? EgressFindingKind.HostInterfaceDown : EgressFindingKind.ContainerInterfaceDown,
                end.Name, "up", "down");
        }

        if (IsMute(end))
        {
            yield return new EgressFinding(EgressFindingKind.ArpDisabled, end.Name, "arp on", "arp off");
        }

        if (Change.Alias is { } alias && alias != end.Alias)
        {
            yield return new EgressFinding(EgressFindingKind.HostAlias, end.Name, alias, end.Alias);
        }

        if (GroupAt(end.Index) is { } group && group != end.Group)
        {
            yield return new EgressFinding(EgressFindingKind.Isolation, end.Name, TextOf(group), TextOf(end.Group));
        }

        if (IsPort(end))
        {
            Link? master = context.ConnectionOf(Side).Links.Find(end.MasterIndex);
            yield return new EgressFinding(
                EgressFindingKind.HostMaster, end.Name, "none", master?.Name ?? $"{end.MasterIndex}");
        }
    }

    private static bool IsMute(Link end) => end.Flags.HasFlag(LinkFlags.NoArp);

    // What a port receives comes in by its master, in whose group no rule of ours is. In the container it is theirs.
    private bool IsPort(Link end) => Side == EgressSide.Host && end.MasterIndex != 0;

    private uint? GroupAt(int index) => Change.Group is { } group ? EgressGroup.Placed(group, index) : null;

    private static string TextOf(uint group) =>
        EgressGroup.IsolationOf(group) is { } isolation && EgressGroup.Of(isolation) == group
            ? $"{isolation}"
            : $"group {group}";
}
