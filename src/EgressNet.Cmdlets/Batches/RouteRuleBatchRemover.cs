using EgressNet.Bases;
using EgressNet.Netlink.Rules;
using EgressNet.Netlink.Transport;
using EgressNet.Rules;
using EgressNet.Sessions;

namespace EgressNet.Batches;

/// <summary>Deletes exactly the route rules of the pipeline.</summary>
internal sealed class RouteRuleBatchRemover(EgressCommandBase command, NamespaceSession session, bool passThru)
    : PipelineBatchBase<NetRouteRule>(command, session)
{
    private readonly ExactRules _rules = new(session.Conversation);

    /// <summary>Refuses what is not there.</summary>
    public void Foresee(NetRouteRule rule)
    {
        _rules.Renew([rule.Rule]);
        _rules.RequireThere(rule.Rule);
    }

    // The one that the kernel would take in its place may be on the way too.
    protected override bool MayComeTooEarly(Exception fault) => fault is RuleShadowedException;

    protected override void Send(NetRouteRule[] items, Exception?[] faults)
    {
        _rules.Renew(items.Select(item => item.Rule));
        List<int> places = [];
        using NetlinkBatch batch = Session.Connection.CreateBatch();
        for (int i = 0; i < items.Length; i++)
        {
            try
            {
                _rules.Take(items[i].Rule);
                batch.Delete(items[i].Rule);
                places.Add(i);
            }
            catch (Exception fault) when (fault is NetlinkException or RuleShadowedException)
            {
                faults[i] = fault;
            }
        }

        foreach (NetlinkBatchError refusal in batch.Complete())
        {
            faults[places[refusal.Index]] = refusal.Error;
        }
    }

    protected override void Emit(NetRouteRule item)
    {
        if (HasEnded)
        {
            return;
        }

        if (IsOneByOne)
        {
            Command.WriteVerbose($"delete route rule {item}");
        }

        if (passThru)
        {
            Command.WriteObject(item);
        }
    }
}
