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

        /// <summary>Starts a batch that reads back each link it creates, where the kernel echoes it (Linux 6.2).</summary>
        /// <param name="onCreated">Called with each created link's place in the batch and the kernel's link, in order,
        /// while the batch is sent.</param>
        /// <returns>An empty batch, to be disposed after use.</returns>
        public NetlinkBatch CreateLinkBatch(Action<int, Link> onCreated) =>
            connection.CreateBatch((int index, in NetlinkMessage message) =>
            {
                if (LinkOperations.ReadOrNull(in message) is { } link)
                {
                    onCreated(index, link);
                }
            });
    }

    extension(NetlinkBatch batch)
    {
        /// <summary>Adds the creation of a veth pair to the batch.</summary>
        /// <param name="end">One end.</param>
        /// <param name="peer">The other.</param>
        /// <param name="up">Whether the first end is born up.</param>
        public void CreateVeth(VethEnd end, VethEnd peer, bool up = false)
        {
            NetlinkWriter request = batch.Begin(RTM.RTM_NEWLINK, NLM_F.NLM_F_CREATE | NLM_F.NLM_F_EXCL);
            LinkMessage.WriteVeth(ref request, end, peer, up);
            batch.Add(ref request, LinkOperations.CreateVethOperation);
        }

        /// <summary>Changes a link, which must be there by the time the batch gets to it.</summary>
        /// <param name="index">The link's index.</param>
        /// <param name="change">What to change.</param>
        public void Set(int index, LinkChange change)
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(index);
            NetlinkWriter request = batch.Begin(RTM.RTM_SETLINK, 0);
            LinkMessage.WriteChange(ref request, index, change);
            batch.Add(ref request, LinkOperations.SetOperation);
        }
    }
}
