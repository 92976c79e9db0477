using EgressNet.Netlink.Transport;

namespace EgressNet.Netlink.Tests.Fakes;

/// <summary>Plays the kernel: answers each datagram as the test says, and remembers what it was sent.</summary>
internal sealed class FakeKernel : INetlinkTransport
{
    private readonly Queue<byte[]> _replies = [];

    /// <summary>Datagrams to answer one sent datagram with.</summary>
    public Func<List<SentMessage>, IEnumerable<byte[]>> Answer { get; set; } = _ => [];

    public List<List<SentMessage>> Sent { get; } = [];

    public int Received { get; private set; }

    public int Waiting => _replies.Count;

    public int SmallestBuffer { get; private set; } = int.MaxValue;

    public bool IsDisposed { get; private set; }

    /// <summary>Answers the first datagram with the first script, the second with the second, and so on.</summary>
    public static FakeKernel Scripted(params Func<SentMessage, IEnumerable<byte[]>>[] scripts)
    {
        FakeKernel kernel = new();
        kernel.Answer = sent => scripts[kernel.Sent.Count - 1](sent[^1]);
        return kernel;
    }

    public void Queue(params byte[][] datagrams)
    {
        foreach (byte[] datagram in datagrams)
        {
            _replies.Enqueue(datagram);
        }
    }

    public void Send(ReadOnlySpan<byte> datagram)
    {
        List<SentMessage> messages = SentMessage.Of(datagram);
        Sent.Add(messages);
        Queue([.. Answer(messages)]);
    }

    public int Receive(Span<byte> buffer, TimeSpan timeout, CancellationToken cancellationToken)
    {
        SmallestBuffer = Math.Min(SmallestBuffer, buffer.Length);
        if (!_replies.TryDequeue(out byte[]? reply))
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new NetlinkTransportException(NetlinkTransportError.TimedOut, "The fake kernel has nothing to say.");
        }

        Received++;
        reply.AsSpan(0, Math.Min(reply.Length, buffer.Length)).CopyTo(buffer);
        return reply.Length;
    }

    public void Dispose() => IsDisposed = true;
}
