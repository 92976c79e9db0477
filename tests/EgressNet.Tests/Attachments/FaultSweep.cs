using EgressNet.Changes;
using EgressNet.Netlink.Namespaces;
using EgressNet.Netlink.Netfilter;
using EgressNet.Netlink.Transport;
using EgressNet.Nodes;
using EgressNet.Plans;
using EgressNet.Records;
using EgressNet.Tests.Fakes;

namespace EgressNet.Tests.Attachments;

/// <summary>Lets every request of some work go wrong, one after another and each in every way, and looks whether all
/// is as it was before each time.</summary>
/// <param name="node">The node.</param>
/// <param name="work">The work.</param>
/// <param name="restore">Brings the state from before the work back after it was done.</param>
/// <param name="settle">Takes back what stays on purpose.</param>
internal sealed class FaultSweep(Node node, Action<EgressKernel> work, Action restore, Action? settle)
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(2);
    private readonly string _before = node.State;
    private int _broken;
    private int _undone;
    private int _borne;

    public static string Run(Node node, Action<EgressKernel> work, Action restore, Action? settle = null)
    {
        FaultSweep sweep = new(node, work, restore, settle);
        foreach (Subsystem conversation in Enum.GetValues<Subsystem>())
        {
            int steps = 0;
            foreach (FaultKind kind in Enum.GetValues<FaultKind>())
            {
                steps = Math.Max(steps, Sampling.Sweep(at => sweep.Breaks(conversation, kind, at)) - 1);
            }

            Assert.True(steps > 0, $"Nothing was asked of {conversation}.");
        }

        Assert.True(sweep._broken > 0);
        Assert.Equal(sweep._broken, sweep._undone);
        return $"fault injection: {sweep._broken} steps broken, {sweep._undone} undone, {sweep._borne} borne";
    }

    private bool Breaks(Subsystem conversation, FaultKind kind, int at)
    {
        using FaultyKernel faulty = new(node, conversation, kind, at);
        Exception? thrown = Record.Exception(() => work(faulty.Kernel));
        if (thrown is null)
        {
            restore();
            string now = "";
            Assert.True(
                SpinWait.SpinUntil(() => (now = node.State) == _before, s_timeout),
                $"{conversation} {at} {kind}: borne, then\n{Difference(_before, now)}");
            _borne += faulty.Fault.HasStruck ? 1 : 0;
            return faulty.Fault.HasStruck;
        }

        string where = $"{conversation} {at} {kind}: {thrown}";
        _broken++;
        Assert.True(faulty.Fault.HasStruck, where);
        Assert.True(IsCause(thrown, kind), where);
        string after = "";
        settle?.Invoke();

        // Links lose and gain carrier a little later.
        bool undone = SpinWait.SpinUntil(() => (after = node.State) == _before, s_timeout);
        Assert.True(undone, $"{where}\n{Difference(_before, after)}");
        _undone++;
        return true;
    }

    private static bool IsCause(Exception thrown, FaultKind kind) => thrown switch
    {
        UndoFailedException => false,
        NetlinkException refused => kind == FaultKind.Refused && (int)refused.Errno == Fault.EIO,
        NfTransactionException refused => kind == FaultKind.Refused && (int)refused.Errno == Fault.EIO,
        NetlinkTransportException lost => kind != FaultKind.Refused && lost.Reason == NetlinkTransportError.TimedOut,
        NetNamespaceException refused => (int)refused.Errno == Fault.EIO,
        RecordException refused => refused.InnerException!.HResult == Fault.EIO,
        _ => false,
    };

    private static string Difference(string before, string after)
    {
        string[] old = before.Split('\n'), now = after.Split('\n');
        return string.Join('\n', [.. old.Except(now).Select(line => $"- {line}"), .. now.Except(old).Select(line => $"+ {line}")]);
    }
}
