using EgressNet.Bases;
using EgressNet.Netlink.Rules;
using EgressNet.Rules;
using EgressNet.Sessions;

namespace EgressNet.Batches;

/// <summary>A route rule to be added, and what an error of it points at.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Target">The object or the rule.</param>
internal sealed record RouteRuleItem(RouteRule Rule, object Target)
{
    /// <summary>The rule as the kernel has it.</summary>
    public RouteRule? Written { get; set; }
}

/// <summary>Adds the route rules of the pipeline and emits each as the kernel has it.</summary>
internal sealed class RouteRuleBatchWriter(EgressCommandBase command, NamespaceSession session, bool replace)
    : PipelineBatchBase<RouteRuleItem>(command, session)
{
    private readonly RuleBatch _batch = new(session.Conversation);

    /// <summary>Refuses what the kernel would.</summary>
    public void Foresee(RouteRuleItem item)
    {
        if (!replace)
        {
            _batch.RequireFree(item.Rule);
        }
    }

    protected override object TargetOf(RouteRuleItem item) => item.Target;

    protected override bool MayComeTooEarly(Exception fault) => false;

    protected override void Send(RouteRuleItem[] items, Exception?[] faults)
    {
        if (!replace)
        {
            RouteRule?[] written = _batch.Add([.. items.Select(item => item.Rule)], faults);
            for (int i = 0; i < items.Length; i++)
            {
                items[i].Written = written[i];
            }

            return;
        }

        for (int i = 0; i < items.Length; i++)
        {
            try
            {
                items[i].Written = new RuleReplacement(Session.Conversation, Report).Put(items[i].Rule);
            }
            catch (Exception fault) when (Command.ToError(fault, items[i].Target) is not null)
            {
                faults[i] = fault;
            }
        }
    }

    protected override void Emit(RouteRuleItem item)
    {
        if (HasEnded)
        {
            return;
        }

        if (!replace)
        {
            Report($"add route rule {item.Written}");
        }

        Command.WriteObject(Session.ToOutput(item.Written!));
    }

    private void Report(string text)
    {
        if (IsOneByOne && !HasEnded)
        {
            Command.WriteVerbose(text);
        }
    }
}
