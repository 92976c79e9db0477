using EgressNet.Netlink.Links;
using EgressNet.Netlink.Transport;
using static EgressNet.Netlink.Errno;

namespace EgressNet.Changes;

/// <summary>Adds an alternative name to a link.</summary>
/// <param name="connect">A connection in its namespace.</param>
/// <param name="link">Its name.</param>
/// <param name="name">The further one.</param>
/// <param name="isKept">Whether it is not taken back: it goes with a pair just made.</param>
internal sealed class AddAlternativeName(
    Func<NetlinkConnection> connect, int index, string link, string name, bool isKept = true) : Change
{
    public override string Text => $"set link {link} also named {name}";

    public override string Trace => $"name {name}";

    public override void Apply()
    {
        try
        {
            connect().Links.AddAlternativeName(index, name);
        }
        catch (NetlinkException old) when (old.Errno == EOPNOTSUPP)
        {
        }
    }

    public override void Undo()
    {
        if (!isKept)
        {
            connect().Links.DeleteAlternativeName(index, name);
        }
    }
}
