using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Transport;
using EgressNet.Netlink.Wire;

namespace EgressNet.Netlink.Addresses;

/// <summary>Addresses on a connection and in a batch.</summary>
public static class AddressExtensions
{
    extension(NetlinkConnection connection)
    {
        /// <summary>The interface addresses of the connection's namespace.</summary>
        public AddressOperations Addresses => new(connection);
    }

    extension(NetlinkBatch batch)
    {
        /// <summary>Adds the adding of one address to the batch.</summary>
        /// <exception cref="ArgumentException">The address contradicts itself; it was not added.</exception>
        public void Add(InterfaceAddress address)
        {
            AddressRules.ThrowIfInvalid(address);
            NetlinkWriter request = batch.Begin(RTM.RTM_NEWADDR, NLM_F.NLM_F_CREATE | NLM_F.NLM_F_EXCL);
            AddressMessage.Write(ref request, address);
            batch.Add(ref request, AddressOperations.AddOperationOf(address));
        }
    }
}
