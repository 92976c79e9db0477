using EgressNet.Errors;
using EgressNet.Nodes;

namespace EgressNet.Bases;

/// <summary>A cmdlet that works on the attachments of the caller's node.</summary>
public abstract class NodeCommandBase : EgressCommandBase
{
    private protected override Subject Subject => Subject.ContainerEgress;

    private protected EgressKernel Kernel { get; }

    private protected NodeCommandBase() => Kernel = new() { Warn = Warn };

    private protected virtual void Warn(string text) => WriteWarning(text);

    /// <summary>Runs the work after the last item, also when the pipeline was stopped.</summary>
    /// <param name="hasEnded">Whether it has, so that an error goes to $Error.</param>
    /// <param name="work">What is to be done.</param>
    private protected void Conclude(bool hasEnded, Action work)
    {
        try
        {
            work();
        }
        catch (Exception fault) when (ToError(fault, null) is not null)
        {
            WriteFault(fault, null, hasEnded);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Kernel.Dispose();
        }

        base.Dispose(disposing);
    }
}
