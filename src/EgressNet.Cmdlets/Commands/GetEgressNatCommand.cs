using EgressNet.Arguments;
using EgressNet.Bases;
using EgressNet.Completers;
using EgressNet.Nat;
using EgressNet.Transformations;

namespace EgressNet.Commands;

/// <summary>Lists the source NAT of containers on this node.</summary>
[Cmdlet(
    VerbsCommon.Get,
    "EgressNat",
    DefaultParameterSetName = ParameterSet.ByName,
    HelpUri = DocumentationLink.Root + "Get-EgressNat.md")]
[OutputType(typeof(EgressNat))]
public sealed class GetEgressNatCommand : EgressNatQueryBase
{
    [Parameter(Position = 0, ParameterSetName = ParameterSet.ByName, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [TextArgument]
    [ArgumentCompleter(typeof(EgressNatCompleter))]
    public string[]? IPAddress { get; set; }

    protected override void ProcessRecord() => Attempt(IPAddress, () =>
    {
        try
        {
            WriteObject(Find(IPAddress), enumerateCollection: true);
        }
        catch (EgressTableConflictException foreign)
        {
            WriteWarning(foreign.Message);
        }
    });
}
