namespace EgressNet.Veths;

/// <summary>Why a veth pair could not be created.</summary>
internal enum VethError
{
    /// <summary>The container has an interface of that name.</summary>
    ContainerNameTaken,

    /// <summary>The host has an interface of that name.</summary>
    HostNameTaken,

    /// <summary>The namespace is the caller's own.</summary>
    SameNamespace,
}

/// <summary>A veth pair that could not be created; nothing of it exists.</summary>
internal sealed class VethException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="message">The same for a person.</param>
    public VethException(VethError reason, string message) : base(message) => Reason = reason;

    /// <summary>The reason.</summary>
    public VethError Reason { get; }
}
