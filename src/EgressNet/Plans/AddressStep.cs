using EgressNet.Addresses;
using EgressNet.Attachments;
using EgressNet.Changes;
using EgressNet.Gateways;
using EgressNet.Netlink.Addresses;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Links;
using EgressNet.Netlink.Routes;
using EgressNet.PointToPoint;

namespace EgressNet.Plans;

/// <summary>An address of an end.</summary>
/// <param name="Address">The address, its interface left open.</param>
/// <param name="Gateway">The gateway that alone leads to its prefix; none where it has no prefix.</param>
internal sealed record AddressStep(EgressEnd End, InterfaceAddress Address, InetAddress Gateway = default)
    : EgressStep(End.Side)
{
    /// <inheritdoc/>
    public override string Text => $"add address {Address.Local} {End}";

    // The gateway becomes an address of the node.
    internal override void Check(StepContext context)
    {
        GatewayRules rules = new(
            context.Kernel.Host,
            link => AttachmentId.FromAlias(link.Alias)?.Owner,
            address => context.Ownership.ClaimantOf(address)?.Owner,
            address => context.Ownership.IsGatewayOfOthers(address, context.Attachment.Id));
        if (!Gateway.IsNone && rules.Validate(Address.Local, Gateway) is { } fault
            && fault.Owner != context.Attachment.Id.Owner)
        {
            string text = $"Gateway '{Gateway}' cannot be one on this node. {fault.Text}";
            throw fault.Owner is null
                ? new AttachmentException(AttachmentError.InvalidGateway, text)
                : new AddressInUseException(Gateway, text);
        }
    }

    internal override void Apply(StepContext context) => context.Changes.Do(
        new AddAddress(() => context.ConnectionOf(Side), Placed(context), $"{End}"));

    internal override void Wait(StepContext context, TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (Address.Family == AddressFamily.IPv6)
        {
            AddressReadiness.Wait(context.ConnectionOf(Side), Placed(context), timeout, cancellationToken);
        }
    }

    internal override IEnumerable<EgressFinding> Compare(StepContext context)
    {
        if (context.EndOf(Side) is not { } end)
        {
            yield break;
        }

        InterfaceAddress? present = Present(context, end);
        if (!IsRight(present))
        {
            yield return new EgressFinding(
                Side == EgressSide.Host ? EgressFindingKind.HostAddress : EgressFindingKind.ContainerAddress,
                end.Name,
                TextOf(Address),
                present is null ? null : TextOf(present));
        }

        foreach (Route connected in Connected(context, end))
        {
            yield return new EgressFinding(
                EgressFindingKind.ContainerConnectedRoute, end.Name, "none", $"{connected}");
        }
    }

    internal override void Repair(StepContext context, IReadOnlyList<EgressFinding> findings)
    {
        Link end = context.EndOf(Side)!;
        InterfaceAddress? present = Present(context, end);
        if (!IsRight(present))
        {
            if (present is not null)
            {
                context.Changes.Do(new DeleteAddress(() => context.ConnectionOf(Side), present, $"{End}"));
            }

            Apply(context);
        }

        foreach (Route connected in Connected(context, end))
        {
            context.Changes.Do(new DeleteRoute(() => context.ConnectionOf(Side), connected));
        }
    }

    private InterfaceAddress Placed(StepContext context) => Address with { InterfaceIndex = context.IndexOf(Side) };

    private bool IsRight(InterfaceAddress? present) =>
        present?.Local == Address.Local && present.Scope == Address.Scope
        && present.PreferredSeconds == 0 == (Address.PreferredSeconds == 0);

    private static string TextOf(InterfaceAddress address) =>
        $"{address.Local} scope {address.Scope}{(address.PreferredSeconds == 0 ? " deprecated" : "")}";

    // The address that has the place of this one.
    private InterfaceAddress? Present(StepContext context, Link end) => context.ConnectionOf(Side).Addresses
        .List(Address.Family, end.Index)
        .Where(found => found.Local.Address == Address.Local.Address)
        .OrderByDescending(found => found.Local == Address.Local)
        .FirstOrDefault();

    // The connected routes that stand beside it.
    private IReadOnlyList<Route> Connected(StepContext context, Link end)
    {
        if (Gateway.IsNone)
        {
            return [];
        }

        PointToPointPlan plan = new() { Address = Address.Local, InterfaceIndex = end.Index, Gateway = Gateway };
        return
        [
            .. context.ConnectionOf(Side).Routes
                .List(new RouteFilter { Family = Address.Family, InterfaceIndex = end.Index })
                .Where(plan.Displaces),
        ];
    }
}
