namespace EgressNet.Nat;

/// <summary>What an attachment may not reach.</summary>
[Flags]
public enum EgressIsolation
{
    /// <summary>Nothing is kept from it.</summary>
    None = 0,

    /// <summary>It and the other attachments of the node do not reach each other.</summary>
    Containers = 1,

    /// <summary>It does not reach the cloud's instance metadata at 169.254.169.254.</summary>
    Metadata = 2,
}
