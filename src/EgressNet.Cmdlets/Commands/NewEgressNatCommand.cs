using EgressNet.Arguments;
using EgressNet.Attachments;
using EgressNet.Bases;
using EgressNet.Completers;
using EgressNet.Errors;
using EgressNet.Nat;
using EgressNet.Netlink.Inet;
using EgressNet.Nodes;
using EgressNet.Operations;
using EgressNet.Queries;
using EgressNet.Transformations;

namespace EgressNet.Commands;

/// <summary>Translates the source address of a container's packets when they leave the node.</summary>
[Cmdlet(
    VerbsCommon.New,
    "EgressNat",
    SupportsShouldProcess = true,
    HelpUri = DocumentationLink.Root + "New-EgressNat.md")]
[OutputType(typeof(EgressNat))]
public sealed class NewEgressNatCommand : NodeCommandBase
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [IPAddressTransformation(IsText = true)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public IPAddressText? IPAddress { get; set; }

    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [TextArgument]
    [ArgumentCompleter(typeof(AttachmentCompleter))]
    public string ContainerId { get; set; } = "";

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [TextArgument]
    [ArgumentCompleter(typeof(AttachmentCompleter))]
    public string Network { get; set; } = "egress";

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("IfName", "ContainerInterface")]
    [ValidateInterfaceName]
    [TextArgument]
    [ArgumentCompleter(typeof(AttachmentCompleter))]
    public string Name { get; set; } = "eg0";

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValueTransformation]
    public EgressNatKind? Nat { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [InetAddressTransformation(TakesEmpty = true)]
    [ArgumentCompleter(typeof(AddressCompleter))]
    public InetAddress? NatAddress { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValueTransformation]
    public PortRandomization PortRandomization { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [InetPrefixTransformation(IsList = true, TakesEmpty = true)]
    [AllowEmptyString]
    [AllowEmptyCollection]
    [ArgumentCompleter(typeof(RouteCompleter))]
    public InetPrefix[] ExcludePrefix { get; set; } = [];

    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override Subject Subject => Subject.EgressNat;

    protected override void ProcessRecord() => Attempt(IPAddress, () =>
    {
        AttachmentId id = new(Network, ContainerId, Name);
        AttachmentRules.ThrowIfInvalid(id);
        NatEntry entry = new()
        {
            Source = IPAddress!.Address,
            Owner = id.Owner,
            Nat = new SourceNat(NatAddress ?? default, PortRandomization),
            Excluded = ExcludePrefix,
        };
        if (Nat == EgressNatKind.None)
        {
            EgressNatOwnership.ThrowIfDeclared(entry, id, new AttachmentOwnership(Kernel));
            throw new ErrorRecordException(
                $"Nat '{Nat}' is not valid here: New-EgressNat adds the source NAT of IPAddress '{IPAddress}'."
                    .ToError(ErrorId.InvalidArgument, ErrorCategory.InvalidArgument, IPAddress));
        }

        AttachmentRules.ThrowIfInvalid(entry);
        AttachmentRules.ThrowIfTooMany([entry]);
        if (CreationWarnings.Of(Kernel, entry.Nat) is { } warning)
        {
            WriteWarning(warning);
        }

        Foresee(() => Check(entry, id));
        if (ShouldProcess($"{entry}", "Add source NAT"))
        {
            Check(entry, id);
            Table.Add([entry], new AttachmentOwnership(Kernel).IsLive);
            WriteObject(new EgressNat(entry));
        }
    });

    private NatTable Table => new(Kernel.Netfilter, WriteVerbose, Warn);

    private void Check(NatEntry entry, AttachmentId id)
    {
        AttachmentOwnership ownership = new(Kernel);
        ownership.ThrowIfClaimed(entry.Source, id);
        NatEntry? present = Table.Find(entry.Source) is { } found && ownership.Named(found).Owner == entry.Owner
            ? found with { Owner = entry.Owner }
            : null;
        if (present?.Nat is null)
        {
            EgressNatOwnership.ThrowIfDeclared(entry, id, ownership);
        }

        if (Force)
        {
            present?.ThrowIfOfContainerEgress(Kernel.Records, "New-ContainerEgress -Force");
        }
        else if (present is not null)
        {
            throw new ErrorRecordException($"IPAddress '{entry.Source}' already has source NAT: {present}."
                .ToError(ErrorId.EgressNatAlreadyExists, ErrorCategory.ResourceExists, entry.Source.ToString()));
        }
    }
}
