using System.Diagnostics;
using EgressNet.Netlink.Netfilter;
using EgressNet.Netlink.Transport;

namespace EgressNet.Nat;

/// <summary>Retries a change to nf_tables that failed because the ruleset had changed meanwhile. The pauses grow, so that
/// other programs get through, and are random, so that two of them do not collide again.</summary>
internal static class Contention
{
    private const int MaxOfOurs = 6, LongestPauseMilliseconds = 64;
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(10);

    /// <summary>Runs a change until it succeeds.</summary>
    /// <param name="change">The change, which looks anew each time.</param>
    /// <param name="timeout">How long at most; null for ten seconds.</param>
    /// <exception cref="EgressTableBusyException">It did not go through in time.</exception>
    public static T Run<T>(Func<T> change, TimeSpan? timeout = null)
    {
        TimeSpan most = timeout ?? s_timeout;
        long started = Stopwatch.GetTimestamp();
        for (int attempt = 0, ours = 0; ; attempt++)
        {
            try
            {
                return change();
            }
            catch (NfTransactionException crossed) when (IsOfOurTable(crossed) && ++ours < MaxOfOurs)
            {
            }
            catch (Exception crossed) when (IsOfAnyTable(crossed))
            {
                if (Stopwatch.GetElapsedTime(started) >= most)
                {
                    throw new EgressTableBusyException(most, crossed);
                }
            }

            Thread.Sleep(Random.Shared.Next(Math.Min(1 << Math.Min(attempt, 16), LongestPauseMilliseconds) + 1));
        }
    }

    // Somebody was faster with the same element. A refusal that stays is none of that.
    private static bool IsOfOurTable(NfTransactionException crossed) =>
        crossed.Refusal.IsAlreadyThere || crossed.Refusal.IsAbsent;

    private static bool IsOfAnyTable(Exception crossed) =>
        crossed is NfTransactionException { IsOutdated: true }
            or NetlinkTransportException { Reason: NetlinkTransportError.DumpInterrupted };
}
