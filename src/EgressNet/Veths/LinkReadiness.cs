using EgressNet.Netlink.Links;
using EgressNet.Netlink.Transport;

namespace EgressNet.Veths;

/// <summary>Waits until a link just set up carries packets.</summary>
internal static class LinkReadiness
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(1);

    /// <summary>Waits until the kernel opens a link's queue: it does so some time after its other end is up, and
    /// drops what is sent before. Asking for the link alone makes Linux 6.6 and later do it at once.</summary>
    /// <param name="connection">A connection in the link's namespace.</param>
    /// <param name="index">The link.</param>
    /// <param name="timeout">How long to wait at most.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static void Wait(
        NetlinkConnection connection, int index, TimeSpan timeout, CancellationToken cancellationToken)
    {
        long deadline = Environment.TickCount64 + (long)timeout.TotalMilliseconds;
        while (connection.Links.Get(index).OperationalState != OperationalState.Up
            && Environment.TickCount64 < deadline)
        {
            cancellationToken.WaitHandle.WaitOne(s_pause);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }
}
