using EgressNet.Netlink.Transport;

namespace EgressNet.Netlink.IPInterfaces;

/// <summary>What interfaces do for each family, on a connection.</summary>
public static class IPInterfaceExtensions
{
    extension(NetlinkConnection connection)
    {
        /// <summary>What the interfaces of the connection's namespace do for each family.</summary>
        public IPInterfaceOperations IPInterfaces => new(connection);
    }
}
