using EgressNet.Netlink.Netfilter;
using EgressNet.Netlink.Tests.Fakes;
using EgressNet.Netlink.Transport;
using EgressNet.Netlink.Wire;

namespace EgressNet.Netlink.Tests.Hostile;

/// <summary>A connection whose first question is answered with given bytes, under its own number.</summary>
internal static class Answering
{
    /// <summary>Buffers of a connection, which come from a pool that may be empty.</summary>
    public const int MaxBytes = 4 * 1024 * 1024;

    public static void With(byte[] bytes, Action<NetlinkConnection> use)
    {
        FakeKernel kernel = new();
        kernel.Answer = sent => kernel.Sent.Count > 1 ? [] : [Claimed(bytes, sent[0].Sequence)];
        using NetlinkConnection connection = new(kernel, new NetlinkOptions { DumpTimeout = TimeSpan.Zero });
        try
        {
            use(connection);
        }
        catch (Exception own) when (own is NetlinkFormatException or NetlinkException or NetlinkTransportException
            or NfTransactionException)
        {
        }
    }

    private static byte[] Claimed(byte[] datagram, uint sequence)
    {
        byte[] copy = [.. datagram];
        if (copy.Length >= 12)
        {
            BitConverter.TryWriteBytes(copy.AsSpan(8), sequence);
        }

        return copy;
    }
}
