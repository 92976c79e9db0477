using EgressNet.Netlink.Inet;

namespace EgressNet.Changes;

/// <summary>An address that another attachment or the node itself has; nothing was changed.</summary>
public sealed class AddressInUseException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="message">Who has it, and where.</param>
    public AddressInUseException(InetAddress address, string message) : base(message) => Address = address;

    /// <summary>The address.</summary>
    public InetAddress Address { get; }
}
