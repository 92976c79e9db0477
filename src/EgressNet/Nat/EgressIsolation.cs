namespace EgressNet.Nat;

/// <summary>What an attachment may not reach.</summary>
[Flags]
public enum EgressIsolation
{
    /// <summary>Nothing is kept from it.</summary>
    None = 0,

    /// <summary>It and the other attachments of the node do not reach each other, and what has a source that is none of
    /// its addresses does not pass.</summary>
    Containers = 1,

    /// <summary>It does not reach the cloud's instance metadata: see <see cref="MetadataAddress.All"/>.</summary>
    Metadata = 2,
}
