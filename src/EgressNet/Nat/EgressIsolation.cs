namespace EgressNet.Nat;

/// <summary>What is blocked for an attachment.</summary>
[Flags]
public enum EgressIsolation
{
    /// <summary>Nothing is blocked.</summary>
    None = 0,

    /// <summary>The attachments of the node cannot reach each other, and packets with a source that is not an address of the
    /// attachment are dropped.</summary>
    Containers = 1,

    /// <summary>The cloud's instance metadata is blocked: see <see cref="MetadataAddress.All"/>.</summary>
    Metadata = 2,
}
