namespace EgressNet.Changes;

/// <summary>An operation that failed and could not be undone completely.</summary>
public sealed class UndoFailedException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="cause">Why the operation failed.</param>
    /// <param name="left">What it left behind, step by step.</param>
    public UndoFailedException(Exception cause, IReadOnlyList<string> left)
        : base($"{cause.Message} Left behind: {string.Join("; ", left)}", cause) => Left = left;

    /// <summary>What the operation left behind, one text for each change.</summary>
    public IReadOnlyList<string> Left { get; }
}
