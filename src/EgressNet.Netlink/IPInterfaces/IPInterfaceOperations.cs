using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Links;
using EgressNet.Netlink.Transport;

namespace EgressNet.Netlink.IPInterfaces;

/// <summary>What the interfaces of a connection's namespace do for each family. It is read with the links, and so in one
/// piece with their names; it is changed below /proc/sys.</summary>
public readonly struct IPInterfaceOperations
{
    private readonly NetlinkConnection _connection;

    internal IPInterfaceOperations(NetlinkConnection connection) => _connection = connection;

    /// <summary>Reads all, IPv4 before IPv6 of each interface. One without IPv6, as with an MTU below 1280, has IPv4
    /// alone.</summary>
    /// <param name="family">One family, or both.</param>
    /// <returns>By ascending index. Where others come and go meanwhile, those that stay are all there.</returns>
    /// <exception cref="NetlinkDumpInterruptedException{T}">As of <see cref="LinkOperations.List"/>.</exception>
    public IReadOnlyList<IPInterface> List(AddressFamily family = AddressFamily.Unspecified) =>
        [.. _connection.Links.List().SelectMany(link => Of(link, family))];

    /// <summary>Reads what one interface does.</summary>
    /// <param name="index">The interface.</param>
    /// <param name="family">One family, or both.</param>
    /// <returns>Nothing where the interface has not got the family.</returns>
    /// <exception cref="NetlinkException">ENODEV where there is no such interface.</exception>
    public IReadOnlyList<IPInterface> Get(int index, AddressFamily family = AddressFamily.Unspecified) =>
        [.. Of(_connection.Links.Get(index), family)];

    /// <summary>What a link as read does.</summary>
    /// <param name="link">The link.</param>
    /// <param name="family">One family, or both.</param>
    /// <returns>Nothing where the interface has not got the family.</returns>
    public static IEnumerable<IPInterface> Of(Link link, AddressFamily family = AddressFamily.Unspecified) =>
        IPInterfaceMessage.Read(link).Where(each => family == AddressFamily.Unspecified || each.Family == family);
}
