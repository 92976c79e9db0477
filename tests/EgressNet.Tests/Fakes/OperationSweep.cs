using EgressNet.Changes;
using EgressNet.Netlink;
using EgressNet.Netlink.Namespaces;
using EgressNet.Netlink.Transport;

namespace EgressNet.Tests.Fakes;

/// <summary>Lets every request of an operation in one namespace go wrong, one after another and each in every way, and ends
/// it before each of its changes; looks whether all is as it was before each time.</summary>
/// <param name="state">What an outsider sees.</param>
/// <param name="work">The operation.</param>
/// <param name="restore">Brings the state from before the work back after it was done.</param>
internal sealed class OperationSweep(
    NamespaceReference ns,
    Func<string> state,
    Action<Conversation, Action<string>, CancellationToken> work,
    Action restore)
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(2);
    private readonly string _before = state();
    private int _broken;

    /// <returns>How many times it was broken and undone.</returns>
    public int Run()
    {
        foreach (FaultKind kind in Enum.GetValues<FaultKind>())
        {
            Assert.True(Sampling.Sweep(at => Breaks(kind, at)) > 1);
        }

        Assert.True(Sampling.Sweep(IsCancelled) > 1);
        Assert.True(_broken > Enum.GetValues<FaultKind>().Length);
        return _broken;
    }

    private bool Breaks(FaultKind kind, int at)
    {
        Fault fault = new() { Kind = kind, At = at, WritesOnly = false };
        using Conversation conversation = new(() => new NetlinkConnection(FaultyTransport.Open(ns, fault)));
        Exception? thrown = Record.Exception(() => work(conversation, _ => { }, CancellationToken.None));
        if (thrown is null)
        {
            restore();
            AssertAsBefore($"{kind} {at} borne");
            return fault.HasStruck;
        }

        Assert.True(fault.HasStruck, $"{kind} {at}: {thrown}");
        Assert.True(
            kind == FaultKind.Refused
                ? thrown is NetlinkException { Errno: Errno.EIO }
                : thrown is NetlinkTransportException { Reason: NetlinkTransportError.TimedOut },
            $"{kind} {at}: {thrown}");
        AssertAsBefore($"{kind} {at}: {thrown}");
        return true;
    }

    private bool IsCancelled(int at)
    {
        using CancellationTokenSource source = new();
        using Conversation conversation = new(() => NetlinkConnection.Open(ns));
        int changes = 0;
        void Report(string change)
        {
            if (++changes == at)
            {
                source.Cancel();
            }
        }

        Exception? thrown = Record.Exception(() => work(conversation, Report, source.Token));
        if (thrown is null)
        {
            restore();
            AssertAsBefore($"not cancelled at {at}");
            return false;
        }

        Assert.IsAssignableFrom<OperationCanceledException>(thrown);
        AssertAsBefore($"cancelled at {at}");
        return true;
    }

    private void AssertAsBefore(string what)
    {
        _broken++;
        bool isBack = SpinWait.SpinUntil(() => Lasting(state()).SequenceEqual(Lasting(_before)), s_timeout);
        Assert.True(isBack, $"{what}\n--- before\n{_before}\n--- after\n{state()}");
    }

    // What is put back may stand in another place of a list.
    private static IEnumerable<string> Lasting(string text) =>
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Trim()).Order();
}
