using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Transport;
using EgressNet.Netlink.Wire;

namespace EgressNet.Netlink.Addresses;

/// <summary>The interface addresses of a connection's namespace.</summary>
public readonly struct AddressOperations
{
    internal static readonly NetlinkOperation DeleteOperation = new("delete", NetlinkObject.Address);
    private readonly NetlinkConnection _connection;

    internal AddressOperations(NetlinkConnection connection) => _connection = connection;

    /// <summary>Reads addresses.</summary>
    /// <param name="family">One family, or both.</param>
    /// <param name="interfaceIndex">One interface; 0 for all.</param>
    /// <returns>The addresses; none for an interface that is absent. Where others come and go meanwhile, those that
    /// stay are all there.</returns>
    /// <exception cref="NetlinkDumpInterruptedException{T}">Readings that changed underneath did not agree within
    /// <see cref="NetlinkOptions.DumpTimeout"/>.</exception>
    public IReadOnlyList<InterfaceAddress> List(AddressFamily family = AddressFamily.Unspecified, int interfaceIndex = 0)
    {
        NetlinkWriter request = _connection.Begin(RTM.RTM_GETADDR, NLM_F.NLM_F_DUMP);
        ifaddrmsg header = new() { ifa_family = (byte)family, ifa_index = (uint)interfaceIndex };
        request.Header(in header);
        bool Read(in NetlinkMessage message, out InterfaceAddress address)
        {
            address = null!;
            return message.Type == (ushort)RTM.RTM_NEWADDR
                && AddressMessage.TryRead(in message, out address)
                && (family == AddressFamily.Unspecified || address.Family == family)
                && (interfaceIndex == 0 || address.InterfaceIndex == interfaceIndex);
        }

        try
        {
            return _connection.Dump<InterfaceAddress>(
                ref request,
                NetlinkOperation.List(NetlinkObject.Address),
                Read,
                static address => (address.InterfaceIndex, address.Local, address.Peer));
        }
        catch (NetlinkException absent) when (absent.Errno == Errno.ENODEV)
        {
            return [];
        }
    }

    /// <summary>Adds one address.</summary>
    /// <exception cref="ArgumentException">The address contradicts itself; nothing was sent.</exception>
    /// <exception cref="NetlinkException">EEXIST where it is there; ENODEV without the interface; EPERM; others.</exception>
    public void Add(InterfaceAddress address)
    {
        AddressRules.ThrowIfInvalid(address);
        NetlinkWriter request = _connection.Begin(RTM.RTM_NEWADDR, NLM_F.NLM_F_CREATE | NLM_F.NLM_F_EXCL);
        AddressMessage.Write(ref request, address);
        _connection.Execute(ref request, AddOperationOf(address));
    }

    /// <summary>Gives an address other lifetimes, and to IPv6 other flags; nothing else of it can be changed.</summary>
    /// <param name="address">The address as it is to be.</param>
    /// <remarks>One that is not there is added.</remarks>
    /// <exception cref="ArgumentException">The address contradicts itself; nothing was sent.</exception>
    /// <exception cref="NetlinkException">ENODEV without the interface; EPERM; others.</exception>
    public void Change(InterfaceAddress address)
    {
        AddressRules.ThrowIfInvalid(address);
        NetlinkWriter request = _connection.Begin(RTM.RTM_NEWADDR, NLM_F.NLM_F_REPLACE);
        AddressMessage.Write(ref request, address);
        _connection.Execute(ref request, new("change", NetlinkObject.Address, address.Family));
    }

    /// <summary>Deletes exactly this address: with its prefix length, peer and label.</summary>
    /// <exception cref="NetlinkException">EADDRNOTAVAIL where it is absent; ENODEV without the interface; others.</exception>
    public void Delete(InterfaceAddress address)
    {
        AddressRules.ThrowIfUnnamable(address);
        NetlinkWriter request = _connection.Begin(RTM.RTM_DELADDR);
        AddressMessage.Write(ref request, address);
        _connection.Execute(ref request, DeleteOperation);
    }

    /// <summary>Deletes exactly this address and returns all that were deleted: with a primary IPv4 address the kernel
    /// deletes its secondaries, unless promote_secondaries is on.</summary>
    /// <returns>All that went; none where the kernel does not echo.</returns>
    /// <exception cref="NetlinkException">As for <see cref="Delete"/>.</exception>
    public IReadOnlyList<InterfaceAddress> DeleteAndRead(InterfaceAddress address)
    {
        AddressRules.ThrowIfUnnamable(address);
        NetlinkWriter request = _connection.Begin(RTM.RTM_DELADDR);
        AddressMessage.Write(ref request, address);
        List<InterfaceAddress> gone = [];
        _connection.Execute<object?>(ref request, DeleteOperation, (in message) =>
        {
            if (message.Type == (ushort)RTM.RTM_DELADDR && AddressMessage.TryRead(in message, out InterfaceAddress each))
            {
                gone.Add(each);
            }

            return null;
        });
        return gone;
    }

    internal static NetlinkOperation AddOperationOf(InterfaceAddress address) =>
        new("add", NetlinkObject.Address, address.Family);
}
