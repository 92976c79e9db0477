using EgressNet.Netlink.Transport;

namespace EgressNet.Netlink.Addresses;

/// <summary>Addresses on a connection.</summary>
public static class AddressExtensions
{
    extension(NetlinkConnection connection)
    {
        /// <summary>The interface addresses of the connection's namespace.</summary>
        public AddressOperations Addresses => new(connection);
    }
}
