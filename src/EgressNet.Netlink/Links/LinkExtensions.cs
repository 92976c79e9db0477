using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Transport;
using EgressNet.Netlink.Wire;

namespace EgressNet.Netlink.Links;

/// <summary>Links on a connection and in a batch.</summary>
public static class LinkExtensions
{
    extension(NetlinkConnection connection)
    {
        /// <summary>The links of the connection's namespace.</summary>
        public LinkOperations Links => new(connection);
    }

    extension(NetlinkBatch batch)
    {
        /// <summary>Changes a link, which must be there by the time the batch gets to it.</summary>
        /// <param name="index">The link's index.</param>
        public void Set(int index, LinkChange change)
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(index);
            NetlinkWriter request = batch.Begin(RTM.RTM_SETLINK, 0);
            LinkMessage.WriteChange(ref request, index, change);
            batch.Add(ref request, LinkOperations.SetOperation);
        }
    }
}
