using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Transport;
using EgressNet.Netlink.Wire;

namespace EgressNet.Netlink.Routes;

/// <summary>Routes on a connection and in a batch.</summary>
public static class RouteExtensions
{
    extension(NetlinkConnection connection)
    {
        /// <summary>The routes of the connection's namespace.</summary>
        public RouteOperations Routes => new(connection);

        /// <summary>Starts a batch that reads back each route it writes.</summary>
        /// <param name="onWritten">Called with each written route's place in the batch and the kernel's route, in
        /// order, while the batch is sent.</param>
        /// <returns>An empty batch, to be disposed after use.</returns>
        public NetlinkBatch CreateRouteBatch(Action<int, Route> onWritten) =>
            connection.CreateBatch((int index, in NetlinkMessage message) =>
            {
                if (RouteOperations.ReadOrNull(in message) is { } route)
                {
                    onWritten(index, route);
                }
            });
    }

    extension(NetlinkBatch batch)
    {
        /// <summary>Adds the writing of one route to the batch.</summary>
        /// <param name="change">What to do where its key is taken or free.</param>
        /// <exception cref="ArgumentException">The route contradicts itself; it was not added.</exception>
        public void Write(Route route, RouteChange change = RouteChange.Add)
        {
            RouteRules.ThrowIfInvalid(route);
            NetlinkWriter request = batch.Begin(RTM.RTM_NEWROUTE, RouteOperations.FlagsOf(change));
            RouteMessage.WriteNew(ref request, route);
            batch.Add(ref request, RouteOperations.OperationOf(change, route.Family));
        }

        /// <summary>Adds the deletion of exactly one route to the batch.</summary>
        /// <param name="route">The route, as read.</param>
        /// <exception cref="ArgumentException">Its destination has host bits set; it was not added.</exception>
        public void Delete(Route route)
        {
            RouteRules.ThrowIfUnnamable(route);
            NetlinkWriter request = batch.Begin(RTM.RTM_DELROUTE, 0);
            RouteMessage.Write(ref request, route);
            batch.Add(ref request, RouteOperations.DeleteOperation);
        }
    }
}
