using EgressNet.Arguments;
using EgressNet.Bases;
using EgressNet.Batches;
using EgressNet.Completers;
using EgressNet.Errors;
using EgressNet.Queries;
using EgressNet.Transformations;

namespace EgressNet.Commands;

/// <summary>Removes the one route rule that is named, or exactly those piped in.</summary>
[Cmdlet(
    VerbsCommon.Remove,
    "NetRouteRule",
    SupportsShouldProcess = true,
    DefaultParameterSetName = ParameterSet.ByInputObject,
    HelpUri = DocumentationLink.Root + "Remove-NetRouteRule.md")]
[OutputType(typeof(NetRouteRule))]
public sealed class RemoveNetRouteRuleCommand : NetRouteRuleFilterBase
{
    [Parameter(Position = 0, ParameterSetName = ParameterSet.ByName)]
    [ValueTransformation(IsList = true)]
    [ArgumentCompleter(typeof(RouteRuleCompleter))]
    public uint[]? Priority { get; set; }

    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ParameterSet.ByInputObject, ValueFromPipeline = true)]
    [CopyTransformation(typeof(NetRouteRule))]
    [ArgumentCompleter(typeof(NameOrObjectCompleter<RouteRuleCompleter>))]
    public NetRouteRule[] InputObject { get; set; } = [];

    [Parameter]
    public SwitchParameter Force { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override void ProcessItem()
    {
        ForEach(InputObject, rule =>
        {
            FollowObject(rule.Origin);
            Remove(rule);
        });
        if (ParameterSetName == ParameterSet.ByName)
        {
            ForEach(Priority is null ? [null] : Priority.Select(each => (uint?)each), RemoveSelected);
        }
    }

    private void RemoveSelected(uint? priority)
    {
        RouteRuleQuery query = Filter(priority is { } given ? [given] : null);
        if (!query.IsSelective)
        {
            throw new ErrorRecordException(
                "Nothing says which rules: give Priority or another selector."
                    .ToError(ErrorId.InvalidArgument, ErrorCategory.InvalidArgument, NetNamespace));
        }

        // A selector that names no priority was not meant for what every namespace begins with.
        List<NetRouteRule> found = query.Run(Session);
        found.RemoveAll(rule => priority is null && rule.Rule.IsOfKernel);
        if (found.Count == 0 && !query.HasWildcard)
        {
            throw new ErrorRecordException(
                $"No route rule {(priority is null ? "matches" : $"of priority {priority} matches")}{InNamespace}."
                    .ToNotFoundError(ErrorId.RouteRuleNotFound, priority));
        }

        if (found.Count > 1 && !Force && !query.HasWildcard)
        {
            throw new ErrorRecordException(
                $"{found.Count} route rules match{InNamespace}: narrow it down, or use -Force to remove them all."
                    .ToError(ErrorId.RouteRuleAmbiguous, ErrorCategory.InvalidArgument, priority));
        }

        ForEach(found, Remove);
    }

    private void Remove(NetRouteRule rule)
    {
        if (rule.Rule.IsOfKernel && !Force)
        {
            throw new ErrorRecordException(
                $"'{rule}'{InNamespace} is one that every namespace begins with: without it, traffic stops. Use -Force."
                    .ToError(ErrorId.RouteRuleOfKernel, ErrorCategory.InvalidOperation, rule));
        }

        RouteRuleBatchRemover remover = Gather(session => new RouteRuleBatchRemover(this, session, PassThru));
        Foresee(() => remover.Foresee(rule));
        if (ShouldProcess(Announces ? $"{rule}{InNamespace}" : "", "Remove route rule"))
        {
            remover.Add(rule);
        }
    }
}
