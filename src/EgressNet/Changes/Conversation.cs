using EgressNet.Netlink.Transport;

namespace EgressNet.Changes;

/// <summary>A connection that is opened when first needed and reopened when it broke, so that changes can be undone after a
/// lost answer.</summary>
/// <param name="open">Opens the first one.</param>
/// <param name="reopen">Opens another to the same namespace, for the way back; null for as the first.</param>
internal sealed class Conversation(Func<NetlinkConnection> open, Func<NetlinkConnection>? reopen = null) : IDisposable
{
    private NetlinkConnection? _connection;
    private bool _wasOpen;

    /// <summary>The open connection.</summary>
    public NetlinkConnection Connection
    {
        get
        {
            if (_connection is { IsBroken: true })
            {
                Dispose();
            }

            if (_connection is null)
            {
                _connection = (_wasOpen ? reopen ?? open : open)();
                _wasOpen = true;
            }

            return _connection;
        }
    }

    /// <summary>Closes the open connections.</summary>
    public void Dispose()
    {
        _connection?.Dispose();
        _connection = null;
    }
}
