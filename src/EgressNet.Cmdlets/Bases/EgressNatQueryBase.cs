using EgressNet.Arguments;
using EgressNet.Completers;
using EgressNet.Errors;
using EgressNet.Nat;
using EgressNet.Nodes;
using EgressNet.Transformations;

namespace EgressNet.Bases;

/// <summary>A cmdlet that finds entries of the node's source NAT.</summary>
public abstract class EgressNatQueryBase : NodeCommandBase
{
    [Parameter(ParameterSetName = ParameterSet.ByName, ValueFromPipelineByPropertyName = true)]
    [TextArgument]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(AttachmentCompleter))]
    public string[]? ContainerId { get; set; }

    private protected override Subject Subject => Subject.EgressNat;

    private protected NatTable Table => new(Kernel.Netfilter, WriteVerbose, Warn);

    /// <summary>Reads what matches. A literal without a match is an error.</summary>
    private protected List<EgressNat> Find(string[]? addresses)
    {
        RequireFilters();
        NameFilter byAddress = NameFilter.OfAddresses(addresses);
        NameFilter byContainer = new(ContainerId);
        AttachmentOwnership ownership = new(Kernel);
        List<EgressNat> found =
        [
            .. Table.List().Select(entry => new EgressNat(ownership.Named(entry))).Where(entry =>
                byContainer.Matches(entry.ContainerId ?? "") && byAddress.Matches(entry.IPAddress)),
        ];
        WriteNotFound(
            byAddress.Unmatched.Concat(byContainer.Unmatched),
            ErrorId.EgressNatNotFound,
            missing => $"'{missing}' has no source NAT on this node.");
        return found;
    }
}
