namespace EgressNet;

/// <summary>How a container's source address is translated.</summary>
public enum EgressNatKind
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>To the address of the interface by which packets leave the node.</summary>
    Masquerade,

    /// <summary>To an address of the node.</summary>
    Address,
}
