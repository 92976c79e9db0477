using EgressNet.Netlink.Transport;

namespace EgressNet.Changes;

/// <summary>A connection that is opened when first needed, and again where it broke, so that there is a way back from a
/// lost answer.</summary>
/// <param name="open">Opens the first one.</param>
/// <param name="reopen">Opens another to the same namespace, for the way back; null for as the first.</param>
internal sealed class Conversation(Func<NetlinkConnection> open, Func<NetlinkConnection>? reopen = null) : IDisposable
{
    private NetlinkConnection? _connection;
    private bool _wasOpen;

    /// <summary>A connection that works.</summary>
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

    /// <summary>Closes what was opened.</summary>
    public void Dispose()
    {
        _connection?.Dispose();
        _connection = null;
    }
}
