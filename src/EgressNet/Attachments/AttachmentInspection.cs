using EgressNet.Netlink.Namespaces;
using EgressNet.Plans;

namespace EgressNet.Attachments;

/// <summary>Compares attachments with how they are meant to be. Nothing is changed.</summary>
/// <param name="kernel">The node.</param>
public sealed class AttachmentInspection(EgressKernel kernel)
{
    /// <summary>Lists the differences, each by itself.</summary>
    /// <param name="attachment">The attachment as it is meant to be.</param>
    /// <returns>The differences in the order in which the attachment is made; none where all is well.</returns>
    public IReadOnlyList<EgressFinding> Inspect(Attachment attachment)
    {
        if (!attachment.IsDeclared || attachment.Addresses.Count == 0)
        {
            return [new EgressFinding(EgressFindingKind.Declaration, $"{attachment.Id}", "addresses and gateways", null)];
        }

        if (!CanEnter(attachment.Namespace))
        {
            return
            [
                new EgressFinding(
                    EgressFindingKind.NetNamespace, $"{attachment.Id}", attachment.Namespace?.ToString() ?? "one", null),
            ];
        }

        try
        {
            EgressStepInspector inspector = new(kernel, attachment);
            return [.. new EgressPlan(attachment).Steps.SelectMany(inspector.Inspect)];
        }
        finally
        {
            kernel.LeaveContainer();
        }
    }

    private static bool CanEnter(NetNamespace? ns)
    {
        try
        {
            ns?.Open().Dispose();
            return ns is not null;
        }
        catch (NetNamespaceException)
        {
            return false;
        }
    }
}
