using EgressNet.Arguments;
using EgressNet.Bases;
using EgressNet.Completers;
using EgressNet.Errors;
using EgressNet.Netlink.Rules;
using EgressNet.Transformations;

namespace EgressNet.Commands;

/// <summary>Lists the rules that say which routing table a packet looks in, in their order.</summary>
[Cmdlet(
    VerbsCommon.Get,
    "NetRouteRule",
    DefaultParameterSetName = ParameterSet.ByName,
    HelpUri = DocumentationLink.Root + "Get-NetRouteRule.md")]
[OutputType(typeof(NetRouteRule))]
public sealed class GetNetRouteRuleCommand : NetRouteRuleFilterBase
{
    [Parameter(Position = 0, ParameterSetName = ParameterSet.ByName)]
    [ValueTransformation(IsList = true)]
    [ArgumentCompleter(typeof(RouteRuleCompleter))]
    public uint[]? Priority { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = ParameterSet.ByInputObject, ValueFromPipeline = true)]
    [CopyTransformation(typeof(NetRouteRule))]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public NetRouteRule[] InputObject { get; set; } = [];

    private protected override void ProcessItem()
    {
        if (ParameterSetName == ParameterSet.ByName)
        {
            Attempt(NetNamespace, List);
        }

        ForEach(InputObject, Again);
    }

    private void List()
    {
        List<NetRouteRule> found = Filter(Priority).Run(Session);
        WriteObject(found, enumerateCollection: true);
        foreach (uint missing in (Priority ?? []).Except(found.Select(rule => rule.Priority)))
        {
            WriteError($"No route rule of priority {missing}{InNamespace}."
                .ToNotFoundError(ErrorId.RouteRuleNotFound, missing));
        }
    }

    private void Again(NetRouteRule known)
    {
        FollowObject(known.Origin);
        RouteRule? found = Session.Connection.RouteRules.List(known.Rule.Family).FirstOrDefault(known.Rule.IsSame);
        WriteObject(Session.ToOutput(found ?? throw new ErrorRecordException(
            $"Route rule '{known}' is not there any more.".ToNotFoundError(ErrorId.RouteRuleNotFound, known))));
    }
}
