namespace EgressNet.Changes;

/// <summary>A change whose own undo is skipped: what it deleted is created again after everything else was undone.</summary>
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
