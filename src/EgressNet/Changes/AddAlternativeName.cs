using EgressNet.Netlink.Links;
using EgressNet.Netlink.Transport;

namespace EgressNet.Changes;

/// <summary>A link of a pair just made gets one more name; it goes with the pair.</summary>
internal sealed class AddAlternativeName(Func<NetlinkConnection> connect, int index, string link, string name) : Change
{
    private const int EOPNOTSUPP = 95;

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
    }
}
