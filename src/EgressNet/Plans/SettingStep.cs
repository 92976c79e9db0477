using EgressNet.Attachments;
using EgressNet.Changes;
using EgressNet.Netlink.Namespaces;

namespace EgressNet.Plans;

/// <summary>The required value of a setting below /proc/sys, if the kernel has the setting.</summary>
/// <param name="Side">Where it is.</param>
/// <param name="Setting">Its path below /proc/sys.</param>
/// <param name="Kind">What it is when it differs.</param>
internal sealed record SettingStep(EgressSide Side, string Setting, string Value, EgressFindingKind Kind)
    : EgressStep(Side)
{
    /// <inheritdoc/>
    public override string Text => SetSetting.TextOf(Setting, Value);

    // A new interface has what the default is.
    internal override bool IsNeeded(StepContext context)
    {
        try
        {
            NamespaceReference ns = Side == EgressSide.Host ? context.Kernel.Node : context.Attachment.Namespace!;
            return !GoesWithNode(context, ns)
                && context.Kernel.Settings.Read(ns, IsOfEnd ? PathAt("default") : Setting) != Value;
        }
        catch (NetNamespaceException unknown) when (!unknown.IsExhausted)
        {
            return true;
        }
    }

    internal override void Apply(StepContext context)
    {
        NamespaceReference ns = context.NamespaceOf(Side);
        string setting = PathOf(context);
        string? before = context.Kernel.Settings.Read(ns, setting);
        if (before is null || before == Value)
        {
            return;
        }

        try
        {
            // Somebody else may rely on forwarding by then, and what is set on a pair of our own goes with it.
            bool isKept = !IsOfEnd || context.IsOwnPair;
            context.Changes.Do(new SetSetting(context.Kernel.Settings, ns, setting, before, Value, isKept));
        }
        catch (NetNamespaceException denied)
            when (denied.Reason == NetNamespaceError.AccessDenied && CanBeSpared(context, ns, before))
        {
            context.ReadOnlySettings.Add(Setting);
        }
    }

    internal override IEnumerable<EgressFinding> Compare(StepContext context)
    {
        if ((!IsOfEnd || context.EndOf(Side) is not null)
            && !GoesWithNode(context, context.NamespaceOf(Side))
            && !context.Attachment.ReadOnlySettings.Contains(Setting)
            && context.Kernel.Settings.Read(context.NamespaceOf(Side), PathOf(context)) is { } value && value != Value)
        {
            yield return new EgressFinding(Kind, PathOf(context).Replace('/', '.'), Value, value);
        }
    }

    private bool IsOfEnd => Setting is not (EgressPlan.IPv4Forwarding or EgressPlan.IPv6Forwarding);

    // The node's switch sets that of each interface, and the default.
    private bool GoesWithNode(StepContext context, NamespaceReference ns) => IsOfEnd && Kind == EgressFindingKind.Forwarding
        && context.Kernel.Settings.Read(ns, EgressPlan.IPv4Forwarding) != Value;

    // Under the name that the end has: another link may have the one that it is meant to have.
    private string PathOf(StepContext context) =>
        IsOfEnd && context.EndOf(Side) is { } end ? PathAt(end.Name) : Setting;

    private string PathAt(string name)
    {
        string[] parts = Setting.Split('/');
        parts[^2] = name;
        return string.Join('/', parts);
    }

    // An interface that forwards takes no router advertisements anyway, duplicate address detection of link-local
    // addresses costs a second of delay only, and IPv6 that is on without an address is a matter of speed.
    private bool CanBeSpared(StepContext context, NamespaceReference ns, string before) => Setting.Split('/') switch
    {
        [.., "accept_dad"] => true,
        [.., "disable_ipv6"] => Value == "1",
        [.. string[] folder, "accept_ra"] => before == "1"
            && context.Kernel.Settings.Read(ns, string.Join('/', [.. folder, "forwarding"])) == "1",
        _ => false,
    };
}
