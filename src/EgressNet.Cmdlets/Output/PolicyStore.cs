namespace EgressNet;

/// <summary>Where addresses and routes are kept, in the words of Windows.</summary>
public enum PolicyStore
{
    /// <summary>In the running kernel.</summary>
    ActiveStore,

    /// <summary>Over a restart. Linux leaves that to the configuration of a network manager.</summary>
    PersistentStore,
}
