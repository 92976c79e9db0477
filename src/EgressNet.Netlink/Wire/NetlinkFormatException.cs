using System.Diagnostics.CodeAnalysis;

namespace EgressNet.Netlink.Wire;

/// <summary>Bytes that are not well-formed netlink: a length that points outside its container, an attribute
/// shorter than its type, or a message too large to encode.</summary>
public sealed class NetlinkFormatException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="message">What is wrong with the bytes.</param>
    public NetlinkFormatException(string message) : base(message)
    {
    }

    [DoesNotReturn]
    internal static void ThrowShort(string what, int need, int have) =>
        throw new NetlinkFormatException($"{what} needs {need} bytes but {have} are there.");
}
