using EgressNet.Attachments;

namespace EgressNet.Plans;

/// <summary>One part of the desired state, which can be applied, compared and repaired.</summary>
/// <param name="Side">Where it is.</param>
public abstract record EgressStep(EgressSide Side)
{
    /// <summary>The step as the text of a change, such as <c>add route 10.0.0.5/32 dev veth1</c>.</summary>
    public abstract string Text { get; }

    /// <summary>The step as text.</summary>
    /// <returns>The text.</returns>
    public sealed override string ToString() => Text;

    /// <summary>Whether applying it would change anything, as far as that is known before the first change.</summary>
    internal virtual bool IsNeeded(StepContext context) => true;

    /// <summary>Throws when another owner has what the step needs, before anything is changed.</summary>
    internal virtual void Check(StepContext context)
    {
    }

    /// <summary>Applies the step.</summary>
    internal abstract void Apply(StepContext context);

    /// <summary>Waits until what it made can be used.</summary>
    internal virtual void Wait(StepContext context, TimeSpan timeout, CancellationToken cancellationToken)
    {
    }

    /// <summary>Compares the state with the step; nothing is changed.</summary>
    internal abstract IEnumerable<EgressFinding> Compare(StepContext context);

    /// <summary>Repairs the differences.</summary>
    internal virtual void Repair(StepContext context, IReadOnlyList<EgressFinding> findings) => Apply(context);
}
