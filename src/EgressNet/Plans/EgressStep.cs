using EgressNet.Attachments;

namespace EgressNet.Plans;

/// <summary>One thing that is to be there: it can be made, looked for and made right.</summary>
/// <param name="Side">Where it is.</param>
public abstract record EgressStep(EgressSide Side)
{
    /// <summary>The step as the text of a change, such as <c>add route 10.0.0.5/32 dev veth1</c>.</summary>
    public abstract string Text { get; }

    /// <summary>The step as text.</summary>
    /// <returns>The text.</returns>
    public sealed override string ToString() => Text;

    /// <summary>Whether making it would change anything, as far as that can be told before anything is there.</summary>
    internal virtual bool IsNeeded(StepContext context) => true;

    /// <summary>Refuses what somebody else has, before anything is touched.</summary>
    internal virtual void Check(StepContext context)
    {
    }

    /// <summary>Makes it.</summary>
    internal abstract void Apply(StepContext context);

    /// <summary>Returns once it can be used.</summary>
    internal virtual void Wait(StepContext context, TimeSpan timeout, CancellationToken cancellationToken)
    {
    }

    /// <summary>Looks in what it differs; nothing is changed.</summary>
    internal abstract IEnumerable<EgressFinding> Compare(StepContext context);

    /// <summary>Makes right what differs.</summary>
    internal virtual void Repair(StepContext context, IReadOnlyList<EgressFinding> findings) => Apply(context);
}
