using EgressNet.Netlink.Addresses;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Transport;

namespace EgressNet.Addresses;

/// <summary>Puts many addresses on interfaces, and waits once until all of them can be used.</summary>
/// <param name="connection">A connection in the interfaces' namespace.</param>
internal sealed class AddressBatch(NetlinkConnection connection)
{
    // The kernel marks this one as nobody's (inetdev_event).
    private static readonly InetPrefix s_loopback = InetPrefix.Parse("127.0.0.1/8");

    /// <summary>Adds addresses, in few exchanges.</summary>
    /// <param name="requests">What to add; their default routes are left out.</param>
    /// <param name="faults">Gets, at each one's place, why it was not added.</param>
    /// <exception cref="NetlinkTransportException">Nobody knows which were added.</exception>
    public void Add(IReadOnlyList<AddressRequest> requests, Exception?[] faults)
    {
        List<int> places = [];
        using NetlinkBatch batch = connection.CreateBatch();
        for (int i = 0; i < requests.Count; i++)
        {
            if (faults[i] is not null)
            {
                continue;
            }

            try
            {
                batch.Add(requests[i].Address);
                places.Add(i);
            }
            catch (ArgumentException fault)
            {
                faults[i] = fault;
            }
        }

        foreach ((int index, NetlinkException refused) in batch.Complete())
        {
            AddressRequest request = requests[places[index]];
            faults[places[index]] = refused.Within(
                $"add address {request.Address.Local} dev {request.InterfaceName}");
        }
    }

    /// <summary>Waits until addresses just added can be used. Those that cannot be used are deleted again.</summary>
    /// <param name="requests">What was added.</param>
    /// <param name="faults">Gets, at each one's place, why it cannot be used.</param>
    /// <param name="cancellationToken">Ends the wait; what cannot be used by then is taken away.</param>
    /// <returns>The addresses as the kernel has them; null where it has none.</returns>
    public InterfaceAddress?[] Settle(
        IReadOnlyList<AddressRequest> requests, Exception?[] faults, CancellationToken cancellationToken)
    {
        TimeSpan timeout = requests.Max(request => request.Timeout);
        InterfaceAddress?[] settled = AddressReadiness.WaitForAll(
            connection, [.. requests.Select(request => request.Address)], timeout, cancellationToken);
        for (int i = 0; i < settled.Length; i++)
        {
            faults[i] = AddressReadiness.Validate(connection, requests[i], settled[i], cancellationToken.IsCancellationRequested);
            if (faults[i] is not null && settled[i] is { } unusable)
            {
                TakeAway(unusable);
            }
        }

        return settled;
    }

    /// <summary>Whether the namespace has this address, made by the kernel itself (IFA_PROTO).</summary>
    /// <param name="address">The address as read.</param>
    /// <returns>True where it need not be put back.</returns>
    public bool HasOfKernel(InterfaceAddress address) =>
        (address.Protocol is > 0 and <= InterfaceAddress.LastProtocolOfKernel || address.Local == s_loopback)
        && AddressReadiness.Find(connection, address) is { } present && present.Protocol == address.Protocol;

    private void TakeAway(InterfaceAddress address)
    {
        try
        {
            connection.Addresses.Delete(address);
        }
        catch (NetlinkException gone) when (gone.IsAbsent)
        {
        }
    }
}
