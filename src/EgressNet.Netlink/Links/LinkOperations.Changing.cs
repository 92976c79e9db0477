using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Transport;
using EgressNet.Netlink.Wire;

namespace EgressNet.Netlink.Links;

public readonly partial struct LinkOperations
{
    internal static readonly NetlinkOperation SetOperation = new("set", NetlinkObject.Link);
    internal static readonly NetlinkOperation CreateVethOperation = new("create", NetlinkObject.Veth);

    /// <summary>Creates a veth pair in one message, each end in any namespace.</summary>
    /// <param name="peer">The other.</param>
    /// <param name="up">Whether the first end is born up. The peer never is: the kernel would open it before the two
    /// are joined and refuse with ENOTCONN.</param>
    /// <returns>The first end as created, where it was born in the connection's namespace and the kernel echoes it
    /// (Linux 6.2); else null.</returns>
    /// <exception cref="NetlinkException">EEXIST where a name is taken, in either namespace; EADDRNOTAVAIL for a
    /// bad address; EINVAL for a bad MTU; EPERM; others. Nothing is left behind.</exception>
    public Link? CreateVeth(VethEnd end, VethEnd peer, bool up = false)
    {
        NetlinkWriter request = _connection.Begin(RTM.RTM_NEWLINK, NLM_F.NLM_F_CREATE | NLM_F.NLM_F_EXCL);
        LinkMessage.WriteVeth(ref request, end, peer, up);
        return _connection.Execute(ref request, CreateVethOperation, static (in message) => ReadOrNull(in message));
    }

    /// <summary>Creates a link.</summary>
    /// <returns>The link as created, where the kernel echoes it (Linux 6.2); else null.</returns>
    /// <exception cref="NetlinkException">EEXIST where the name is taken; EOPNOTSUPP for a kind that the kernel lacks;
    /// EPERM; others. Nothing is left behind.</exception>
    internal Link? Create(NewLink link)
    {
        NetlinkWriter request = _connection.Begin(RTM.RTM_NEWLINK, NLM_F.NLM_F_CREATE | NLM_F.NLM_F_EXCL);
        LinkMessage.WriteNew(ref request, link);
        return _connection.Execute(
            ref request, new("create", NetlinkObject.Link), static (in message) => ReadOrNull(in message));
    }

    /// <summary>Changes a link.</summary>
    /// <exception cref="NetlinkException">ENODEV where there is none; EINVAL; EBUSY; EPERM; others. Parts before the refused
    /// one stay.</exception>
    public void Set(int index, LinkChange change)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(index);
        NetlinkWriter request = _connection.Begin(RTM.RTM_SETLINK);
        LinkMessage.WriteChange(ref request, index, change);
        _connection.Execute(ref request, SetOperation);
    }

    /// <summary>Gives a link one more name that it can be found by (Linux 5.5).</summary>
    /// <param name="name">A name of 1 to 127 bytes.</param>
    /// <exception cref="NetlinkException">EEXIST where a link of the namespace has it; ENODEV where there is no such
    /// link; EOPNOTSUPP for an older kernel; EPERM; others.</exception>
    public void AddAlternativeName(int index, string name)
    {
        NetlinkWriter request = _connection.Begin(
            RTM.RTM_NEWLINKPROP, NLM_F.NLM_F_CREATE | NLM_F.NLM_F_EXCL | NLM_F.NLM_F_APPEND);
        WriteName(ref request, index, name);
        _connection.Execute(ref request, new("add", NetlinkObject.AlternativeName));
    }

    /// <summary>Removes an alternative name from a link (Linux 5.5).</summary>
    /// <exception cref="NetlinkException">ENOENT where the link has no such name; ENODEV where there is no such link;
    /// EOPNOTSUPP for an older kernel; EPERM; others.</exception>
    public void DeleteAlternativeName(int index, string name)
    {
        NetlinkWriter request = _connection.Begin(RTM.RTM_DELLINKPROP);
        WriteName(ref request, index, name);
        _connection.Execute(ref request, new("delete", NetlinkObject.AlternativeName));
    }

    /// <summary>Deletes a link, and a veth's other end with it.</summary>
    /// <exception cref="NetlinkException">ENODEV where there is none; EOPNOTSUPP for one that cannot be deleted, such as
    /// <c>lo</c>; EPERM.</exception>
    public void Delete(int index)
    {
        // Without an index the kernel would take the group attribute's whole group, 0 being every link.
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(index);
        NetlinkWriter request = _connection.Begin(RTM.RTM_DELLINK);
        ifinfomsg header = new() { ifi_index = index };
        request.Header(in header);
        _connection.Execute(ref request, new("delete", NetlinkObject.Link));
    }

    /// <summary>Deletes every link of a group, veths with their other ends, atomically. It takes the kernel hardly longer
    /// than deleting one.</summary>
    /// <param name="group">The group; not 0, which is that of all links that nobody gave another.</param>
    /// <exception cref="NetlinkException">ENODEV where no link is in the group; EOPNOTSUPP where one is that cannot be
    /// deleted; EPERM.</exception>
    public void DeleteGroup(uint group)
    {
        ArgumentOutOfRangeException.ThrowIfZero(group);
        NetlinkWriter request = _connection.Begin(RTM.RTM_DELLINK);
        ifinfomsg header = default;
        request.Header(in header);
        request.Attribute(IFLA.IFLA_GROUP, group);
        _connection.Execute(ref request, new("delete", NetlinkObject.Link) { IsMany = true });
    }

    private static void WriteName(ref NetlinkWriter request, int index, string name)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(index);
        ifinfomsg header = new() { ifi_index = index };
        request.Header(in header);
        int list = request.BeginNest(IFLA.IFLA_PROP_LIST);
        request.Text(IFLA.IFLA_ALT_IFNAME, name);
        request.EndNest(list);
    }
}
