using EgressNet.Netlink.Namespaces;

namespace EgressNet.Netlink.Transport;

/// <summary>Sends and receives whole datagrams, to the kernel or a fake of it.</summary>
internal interface INetlinkTransport : IDisposable
{
    /// <summary>The namespace that the socket is in; null where unknown.</summary>
    NetNamespaceIdentity? Namespace => null;

    /// <summary>Sends one datagram of one or more messages. The kernel has acted on all of them on return.</summary>
    /// <param name="datagram">The encoded messages.</param>
    /// <exception cref="NetlinkException">The kernel refused the datagram as a whole.</exception>
    void Send(ReadOnlySpan<byte> datagram);

    /// <summary>Receives one datagram.</summary>
    /// <param name="buffer">Where it goes.</param>
    /// <param name="timeout">How long to wait for it at most.</param>
    /// <param name="cancellationToken">Ends the wait early.</param>
    /// <returns>The true length in bytes; more than <paramref name="buffer"/> holds when it was cut short.</returns>
    /// <exception cref="NetlinkTransportException">Nothing came in time, or the kernel dropped replies.</exception>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    int Receive(Span<byte> buffer, TimeSpan timeout, CancellationToken cancellationToken);
}
