namespace EgressNet.Attachments;

/// <summary>Why an attachment could not be created or found.</summary>
public enum AttachmentError
{
    /// <summary>The network's name, the container's id or an interface's name breaks the rule for it, or they are too
    /// long together.</summary>
    InvalidId,

    /// <summary>An address cannot be the address of a container, or is given twice.</summary>
    InvalidAddress,

    /// <summary>A gateway is missing, of the other family, or the address itself.</summary>
    InvalidGateway,

    /// <summary>A node address, or an excluded prefix, is of a family without an IPAddress.</summary>
    InvalidNat,

    /// <summary>A metadata address is of a family without an IPAddress, is a gateway, or metadata is not blocked.</summary>
    InvalidMetadata,

    /// <summary>A route's destination has host bits or is given twice, or its gateway is of the other family.</summary>
    InvalidRoute,

    /// <summary>The MTU is too small for any link.</summary>
    InvalidMtu,

    /// <summary>The MTU is too small for IPv6.</summary>
    MtuTooSmallForIPv6,

    /// <summary>An attachment with that id already exists.</summary>
    AlreadyExists,

    /// <summary>The container's namespace cannot be found.</summary>
    NamespaceGone,

    /// <summary>The host's end leads to another namespace than the given one.</summary>
    NamespaceChanged,

    /// <summary>The desired state of the attachment is unknown: its record is lost.</summary>
    NotDeclared,

    /// <summary>Another operation on the attachment did not finish in time.</summary>
    Busy,
}

/// <summary>An attachment that could not be created or repaired; nothing was changed.</summary>
public sealed class AttachmentException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="message">The same for a person, with the value in question.</param>
    public AttachmentException(AttachmentError reason, string message) : base(message) => Reason = reason;

    /// <summary>The reason.</summary>
    public AttachmentError Reason { get; }
}
