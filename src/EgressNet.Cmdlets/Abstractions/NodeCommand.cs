using EgressNet.Errors;
using EgressNet.Plans;

namespace EgressNet.Abstractions;

/// <summary>A cmdlet that works on the attachments of the caller's node.</summary>
public abstract class NodeCommand : EgressCommand
{
    private protected override Subject Subject => Subject.ContainerEgress;

    private protected EgressKernel Kernel { get; } = new();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Kernel.Dispose();
        }

        base.Dispose(disposing);
    }
}
