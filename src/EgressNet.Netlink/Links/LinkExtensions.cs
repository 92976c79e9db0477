using EgressNet.Netlink.Transport;

namespace EgressNet.Netlink.Links;

/// <summary>Links on a connection.</summary>
public static class LinkExtensions
{
    extension(NetlinkConnection connection)
    {
        /// <summary>The links of the connection's namespace.</summary>
        public LinkOperations Links => new(connection);
    }
}
