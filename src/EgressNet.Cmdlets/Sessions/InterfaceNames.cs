using EgressNet.Netlink.Links;
using EgressNet.Netlink.Namespaces;
using EgressNet.Netlink.Transport;

namespace EgressNet.Sessions;

/// <summary>The names of interfaces, for output. A few are asked for one by one, at a cost that does not grow with their
/// number; more are listed once. One that is gone has an empty name.</summary>
internal sealed class InterfaceNames
{
    private const int MaxAskedSingly = 8;
    private readonly Dictionary<int, string> _names = [];
    private (int Index, string Name) _last = (0, "");
    private bool _isListed;

    public void Forget()
    {
        _names.Clear();
        _last = (0, "");
        _isListed = false;
    }

    /// <param name="index">The interface's index; 0 for none.</param>
    /// <param name="connect">A connection in its namespace that takes requests now.</param>
    public string Of(int index, Func<NetlinkConnection> connect)
    {
        if (index == _last.Index)
        {
            return _last.Name;
        }

        if (index == 0)
        {
            return "";
        }

        if (!_names.TryGetValue(index, out string? name))
        {
            _names[index] = name = Ask(index, connect);
        }

        _last = (index, name);
        return name;
    }

    private string Ask(int index, Func<NetlinkConnection> connect)
    {
        try
        {
            LinkOperations links = connect().Links;
            if (_names.Count < MaxAskedSingly || _isListed)
            {
                return links.Get(index).Name;
            }

            _isListed = true;
            foreach ((int each, string name) in links.ListNames())
            {
                _names[each] = name;
            }

            return _names.TryGetValue(index, out string? listed) ? listed : links.Get(index).Name;
        }
        catch (Exception gone) when (gone is NetlinkException or NetlinkTransportException or NetNamespaceException)
        {
            return "";
        }
    }
}
