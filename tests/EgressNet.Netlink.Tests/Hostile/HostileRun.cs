using System.Diagnostics;
using EgressNet.Netlink.Netfilter;
using EgressNet.Netlink.Transport;
using EgressNet.Netlink.Wire;
using Xunit;

namespace EgressNet.Netlink.Tests.Hostile;

/// <summary>Gives a reader mutated messages. Whatever the bytes, it says what they are or throws its own error, soon, and
/// allocates no more than they are worth.</summary>
internal static class HostileRun
{
    // A list of attributes of four bytes each, all kept and shown, costs most.
    private const int MostForEachByte = 256;
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(5);

    public static void Run(HostileReader reader, int cases, int seed)
    {
        Random random = new(seed);
        for (int i = 0; i < cases; i++)
        {
            byte[] bytes = Mutation.Of(random, reader.Seeds);
            string Case() => $"{reader}, seed {seed}, case {i}: {Convert.ToHexStringLower(bytes)}";
            long started = Stopwatch.GetTimestamp();
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                reader.Read(bytes);
            }
            catch (Exception own) when (own is NetlinkFormatException or NetlinkException or NetlinkTransportException
                or NfTransactionException)
            {
            }
            catch (Exception other)
            {
                Assert.Fail($"{Case()}: {other}");
            }

            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            if (allocated > reader.MaxBytes + (MostForEachByte * bytes.Length))
            {
                Assert.Fail($"{allocated} bytes allocated for {bytes.Length}. {Case()}");
            }

            if (Stopwatch.GetElapsedTime(started) > s_longest)
            {
                Assert.Fail($"It took too long. {Case()}");
            }
        }
    }
}
