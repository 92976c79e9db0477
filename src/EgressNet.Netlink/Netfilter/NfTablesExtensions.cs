using EgressNet.Netlink.Transport;

namespace EgressNet.Netlink.Netfilter;

/// <summary>nf_tables on a connection.</summary>
internal static class NfTablesExtensions
{
    extension(NetlinkConnection connection)
    {
        /// <summary>The nf_tables of the connection's namespace. The connection is one that
        /// <see cref="NetlinkConnection.OpenNetfilter(Namespaces.NamespaceReference?, NetlinkOptions?, CancellationToken)"/>
        /// opened.</summary>
        public NfTablesOperations NfTables => new(connection);
    }
}
