namespace EgressNet.Changes;

/// <summary>A change with another way back than its own: what it took away is made anew once all else is undone.</summary>
/// <param name="change">The change.</param>
internal sealed class Superseded(Change change) : Change
{
    public override string Text => change.Text;

    public override string Trace => change.Trace;

    public override bool IsToldInParts => change.IsToldInParts;

    public override void Apply() => change.Apply();

    public override bool WasRefused(Exception fault) => change.WasRefused(fault);

    public override void Undo()
    {
    }
}
