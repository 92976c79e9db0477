using EgressNet.Netlink.Transport;
using EgressNet.Netlink.Wire;

namespace EgressNet.Netlink.Conntrack;

/// <summary>Tracked connections on a connection and in a batch.</summary>
internal static class ConntrackExtensions
{
    extension(NetlinkConnection connection)
    {
        /// <summary>The tracked connections of the connection's namespace. The connection is one that
        /// <see cref="NetlinkConnection.OpenNetfilter(Namespaces.NamespaceReference?, NetlinkOptions?, CancellationToken)"/>
        /// opened.</summary>
        public ConntrackOperations Conntrack => new(connection);
    }

    extension(NetlinkBatch batch)
    {
        /// <summary>Deletes exactly one entry, as <see cref="ConntrackOperations.Delete"/> does.</summary>
        /// <param name="entry">The entry, by its original direction, zone and number as read.</param>
        public void Delete(ConntrackEntry entry)
        {
            NetlinkWriter request = batch.Begin(ConntrackMessageType.Delete, 0);
            ConntrackMessage.WriteKey(ref request, entry);
            batch.Add(ref request, ConntrackOperations.DeleteOperation);
        }
    }
}
