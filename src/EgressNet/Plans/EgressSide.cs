namespace EgressNet.Plans;

/// <summary>The namespace in which something is.</summary>
public enum EgressSide
{
    /// <summary>In the node's namespace.</summary>
    Host,

    /// <summary>In the container's namespace.</summary>
    Container,
}
