namespace EgressNet.Sessions;

/// <summary>What a cmdlet gathers of the pipeline for one namespace, to be done by the pipeline's end. What is gathered
/// leaves it only as it is done, so that an end in the midst of it loses nothing.</summary>
internal abstract class GatheringBase(NamespaceSession session)
{
    public NamespaceSession Session { get; } = session;

    /// <summary>Whether the pipeline has ended, so that nothing can be written any more.</summary>
    protected bool HasEnded { get; set; }

    /// <summary>Does what is left.</summary>
    public abstract void Flush();

    /// <summary>Does what the pipeline left when it ended early: it was announced.</summary>
    public void Finish()
    {
        HasEnded = true;
        Flush();
    }
}
