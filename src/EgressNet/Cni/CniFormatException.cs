namespace EgressNet.Cni;

/// <summary>Text that is not a CNI result, or one that lacks what an egress link needs.</summary>
public sealed class CniFormatException : FormatException
{
    /// <summary>Creates the error.</summary>
    /// <param name="message">Which key is wrong, with its value.</param>
    /// <param name="innerException">The JSON error, if it is one.</param>
    public CniFormatException(string message, Exception? innerException = null) : base(message, innerException)
    {
    }
}
