namespace EgressNet.Netlink.Transport;

public sealed partial class NetlinkConnection
{
    private int _holds;

    private CancellationToken Cancellation => _holds > 0 ? CancellationToken.None : _cancellation;

    /// <summary>Lets requests continue after a cancellation, for work that must be finished or undone as a whole. The kernel
    /// answers changes at once, so the delay is short.</summary>
    /// <returns>To be disposed when the work is done.</returns>
    public CancellationHold HoldCancellation()
    {
        _holds++;
        return new CancellationHold(this);
    }

    /// <summary>A span of work that a cancellation does not tear apart.</summary>
    public sealed class CancellationHold : IDisposable
    {
        private NetlinkConnection? _connection;

        internal CancellationHold(NetlinkConnection connection) => _connection = connection;

        /// <summary>Ends the span.</summary>
        public void Dispose()
        {
            if (_connection is not null)
            {
                _connection._holds--;
                _connection = null;
            }
        }
    }
}
