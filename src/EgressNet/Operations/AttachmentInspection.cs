using EgressNet.Attachments;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Namespaces;
using EgressNet.Nodes;
using EgressNet.Plans;

namespace EgressNet.Operations;

/// <summary>Compares attachments with their desired state. Nothing is changed.</summary>
public sealed class AttachmentInspection(EgressKernel kernel)
{
    private readonly Lazy<string?> _uplinkOff = new(() => UplinkForwarding.FindOff(kernel));

    /// <summary>Lists the differences.</summary>
    /// <param name="attachment">The attachment as it is meant to be.</param>
    /// <returns>The differences in the order in which the attachment is made; none where all is well.</returns>
    public IReadOnlyList<EgressFinding> Inspect(Attachment attachment)
    {
        if (!attachment.IsDeclared || attachment.Addresses.Count == 0)
        {
            return [new EgressFinding(EgressFindingKind.Declaration, $"{attachment.Id}", "its record", null)];
        }

        try
        {
            if (InNamespace(attachment) is { } finding)
            {
                return [finding];
            }

            StepContext context = new(kernel, attachment);
            return
            [
                .. new EgressPlan(attachment).Steps.SelectMany(step => step.Compare(context)),
                .. ForwardDropped(attachment),
                .. NotForwarded(attachment),
            ];
        }
        finally
        {
            kernel.LeaveContainer();
        }
    }

    private IEnumerable<EgressFinding> ForwardDropped(Attachment attachment) =>
        kernel.Nat.Current.ForwardDrops
            .Of(kernel.Host, attachment.HostInterface, attachment.Sources)
            .Where(drop => drop.IsCertain)
            .Select(drop => new EgressFinding(
                EgressFindingKind.ForwardDropped, drop.Name, $"a rule that accepts: {drop.Remedy}", "drop"));

    private IEnumerable<EgressFinding> NotForwarded(Attachment attachment) =>
        attachment.Has(AddressFamily.IPv4) && _uplinkOff.Value is { } setting
            ? [new EgressFinding(EgressFindingKind.UplinkForwarding, setting, "1", "0")]
            : [];

    private EgressFinding? InNamespace(Attachment attachment)
    {
        NamespaceReference? ns = attachment.Namespace;
        try
        {
            if (ns is not null)
            {
                kernel.Hold(ns);
                return null;
            }

            return Finding("one", null);
        }
        catch (NetNamespaceException unusable) when (!unusable.IsExhausted)
        {
            return Finding($"{ns}", unusable.Reason == NetNamespaceError.Changed ? "another one of that name" : null);
        }

        EgressFinding Finding(string expected, string? actual) =>
            new(EgressFindingKind.NetNamespace, $"{attachment.Id}", expected, actual);
    }
}
