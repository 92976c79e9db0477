using EgressNet.Arguments;
using EgressNet.Bases;
using EgressNet.Completers;
using EgressNet.Errors;
using EgressNet.Nat;
using EgressNet.Nodes;
using EgressNet.Queries;
using EgressNet.Transformations;

namespace EgressNet.Commands;

/// <summary>Removes the source NAT of container addresses.</summary>
[Cmdlet(
    VerbsCommon.Remove,
    "EgressNat",
    SupportsShouldProcess = true,
    DefaultParameterSetName = ParameterSet.ByInputObject,
    HelpUri = DocumentationLink.Root + "Remove-EgressNat.md")]
[OutputType(typeof(EgressNat))]
public sealed class RemoveEgressNatCommand : EgressNatQueryBase
{
    private bool _removedAny;

    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ParameterSet.ByName, ValueFromPipelineByPropertyName = true)]
    [TextArgument]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(EgressNatCompleter))]
    public string[] IPAddress { get; set; } = [];

    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ParameterSet.ByInputObject, ValueFromPipeline = true)]
    [CopyTransformation(typeof(EgressNat))]
    [ArgumentCompleter(typeof(NameOrObjectCompleter<EgressNatCompleter>))]
    public EgressNat[] InputObject { get; set; } = [];

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void ProcessRecord()
    {
        IEnumerable<EgressNat> meant = InputObject;
        if (ParameterSetName == ParameterSet.ByName)
        {
            Attempt(IPAddress, () => meant = Find(IPAddress));
        }

        ForEach(meant, Remove);
    }

    protected override void EndProcessing() => RemoveTable(hasEnded: false);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            RemoveTable(hasEnded: true);
        }

        base.Dispose(disposing);
    }

    private void RemoveTable(bool hasEnded)
    {
        if (_removedAny)
        {
            Conclude(
                hasEnded,
                () => new NatTable(Kernel.Netfilter, hasEnded ? null : WriteVerbose, hasEnded ? null : Warn)
                    .RemoveTableIfEmpty());
            _removedAny = false;
        }
    }

    private static ErrorRecordException NotFound(EgressNat nat) =>
        new($"{nat.Entry} no longer exists.".ToNotFoundError(ErrorId.EgressNatNotFound, nat));

    private void Remove(EgressNat nat)
    {
        nat.Entry.ThrowIfOfContainerEgress(Kernel.Records, "Remove-ContainerEgress");
        Foresee(() =>
        {
            if (Table.Find(nat.Entry.Source) is not { } found || new AttachmentOwnership(Kernel).Named(found).Owner != nat.Owner)
            {
                throw NotFound(nat);
            }
        });
        if (!ShouldProcess($"{nat.Entry}", "Remove source NAT"))
        {
            return;
        }

        _removedAny = true;
        if (Table.Remove(nat.Owner, [nat.Entry.Source]).Count == 0)
        {
            throw NotFound(nat);
        }

        if (PassThru)
        {
            WriteObject(nat);
        }
    }
}
