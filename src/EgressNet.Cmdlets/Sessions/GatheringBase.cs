namespace EgressNet.Sessions;

/// <summary>A batch of pipeline items for one namespace, processed at the latest at the pipeline's end. An item leaves it
/// only when it was processed, so that a pipeline that is stopped meanwhile loses nothing.</summary>
internal abstract class GatheringBase(NamespaceSession session)
{
    public NamespaceSession Session { get; } = session;

    /// <summary>Whether the pipeline has ended, so that nothing can be written.</summary>
    protected bool HasEnded { get; set; }

    /// <summary>Processes what is left.</summary>
    public abstract void Flush();

    /// <summary>Processes what a stopped pipeline left: it was announced already.</summary>
    public void Finish()
    {
        HasEnded = true;
        Flush();
    }
}
