namespace EgressNet.Tests.Fakes;

/// <summary>What goes wrong.</summary>
internal enum FaultKind
{
    /// <summary>The kernel refuses and does nothing.</summary>
    Refused,

    /// <summary>The kernel does it, and its answer never comes.</summary>
    ReplyLost,

    /// <summary>The request never gets there, and so no answer comes.</summary>
    RequestLost,
}

/// <summary>One request of a conversation that goes wrong. It outlives a connection that breaks over it: those that
/// follow count on.</summary>
internal sealed class Fault
{
    public const int EIO = 5;

    /// <summary>Which request it is, counted from 1; 0 for none.</summary>
    public int At { get; set; }

    public FaultKind Kind { get; set; }

    /// <summary>Whether only changes count and fail, not questions.</summary>
    public bool WritesOnly { get; set; } = true;

    public int Errno { get; set; } = EIO;

    /// <summary>The requests counted so far.</summary>
    public int Count { get; private set; }

    public bool HasStruck { get; private set; }

    /// <summary>Counts a request.</summary>
    /// <returns>Whether it is the one.</returns>
    public bool Strikes(bool isQuestion)
    {
        bool strikes = (!isQuestion || !WritesOnly) && ++Count == At;
        HasStruck |= strikes;
        return strikes;
    }
}
