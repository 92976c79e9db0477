using EgressNet.Arguments;
using EgressNet.Attachments;
using EgressNet.Bases;
using EgressNet.Completers;
using EgressNet.Nat;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Namespaces;
using EgressNet.Operations;
using EgressNet.Plans;
using EgressNet.Transformations;

namespace EgressNet.Commands;

/// <summary>Gives a container its whole egress: veth pair, addresses, routes, the host's side and source NAT.</summary>
[Cmdlet(
    VerbsCommon.New,
    "ContainerEgress",
    SupportsShouldProcess = true,
    HelpUri = DocumentationLink.Root + "New-ContainerEgress.md")]
[OutputType(typeof(ContainerEgress))]
public sealed class NewContainerEgressCommand : ContainerInterfaceBase
{
    private EgressRequest? _pending;

    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [TextArgument]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string ContainerId { get; set; } = "";

    [Parameter(Mandatory = true, Position = 2, ValueFromPipelineByPropertyName = true)]
    [IPAddressTransformation(IsList = true)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public IPAddressText[] IPAddress { get; set; } = [];

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValueTransformation]
    [ValidateRange(0, 128)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public byte? PrefixLength { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("NextHop", "DefaultGateway")]
    [InetAddressTransformation(IsList = true)]
    [AllowEmptyCollection]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public InetAddress[]? Gateway { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Routes")]
    [EgressRouteTransformation(IsList = true, TakesEmpty = true)]
    [AllowEmptyString]
    [AllowEmptyCollection]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public AttachmentRoute[]? Route { get; set; }

    [Parameter]
    [Alias("IfName", "ContainerInterface")]
    [ValidateInterfaceName]
    [TextArgument]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string Name { get; set; } = "eg0";

    [Parameter]
    [InetAddressTransformation(IsList = true)]
    [AllowEmptyCollection]
    [ArgumentCompleter(typeof(AddressCompleter))]
    public InetAddress[] NatAddress { get; set; } = [];

    [Parameter]
    public SwitchParameter NoNat { get; set; }

    [Parameter]
    [ValueTransformation]
    public PortRandomization PortRandomization { get; set; }

    [Parameter]
    [InetPrefixTransformation(IsList = true)]
    [AllowEmptyCollection]
    [ArgumentCompleter(typeof(RouteCompleter))]
    public InetPrefix[] ExcludePrefix { get; set; } = [];

    [Parameter]
    public SwitchParameter Isolate { get; set; }

    [Parameter]
    public SwitchParameter BlockMetadata { get; set; }

    [Parameter]
    [InetAddressTransformation(IsList = true)]
    [AllowEmptyCollection]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public InetAddress[] MetadataAddress { get; set; } = [];

    protected override void ProcessRecord() => Attempt(ContainerId, () =>
    {
        Attachment template = Template();
        if (_pending is null || !_pending.IsFor(template))
        {
            CreatePending();
            _pending = new EgressRequest(template);
        }

        bool isWhole = _pending.IsWhole;
        _pending.IsWhole = false;
        SourceNatArgument nat = new(NatAddress, NoNat, PortRandomization);
        InetPrefix[] addresses = new InetPrefix[IPAddress.Length];
        for (int i = 0; i < addresses.Length; i++)
        {
            addresses[i] = IPAddressArgument.Join(IPAddress[i], PrefixLength);
        }

        _pending.Add(addresses, Gateway ?? [], nat.Of);
        _pending.Add(Route);
        _pending.IsWhole = isWhole;
    });

    protected override void EndProcessing() => CreatePending();

    private void CreatePending()
    {
        if (_pending is { } request)
        {
            _pending = null;
            if (request.IsWhole)
            {
                Attempt(request.Id.ContainerId, () => Create(request.ToAttachment()));
            }
        }
    }

    private void Create(Attachment attachment)
    {
        EgressPlan plan = new(attachment);
        AttachmentRules.ThrowIfUnused(attachment, NatAddress);
        AttachmentCreation creation = new(Kernel, Report, StopToken);
        IReadOnlyList<EgressStep> steps = IsRehearsal ? creation.Preview(plan, Force) : [];
        foreach (string warning in CreationWarnings.Of(Kernel, attachment))
        {
            WriteWarning(warning);
        }

        string description =
            $"Performing the operation \"Create container egress\" on target \"{attachment} in {attachment.Namespace}\".";
        if (ShouldProcess(description, description, "Confirm", out ShouldProcessReason reason))
        {
            NamespaceReference ns = attachment.Namespace!;
            Attachment made = creation.Create(
                new EgressPlan(attachment with { Namespace = ns.WithIdentity(Kernel.IdentityOf(ns)) }), Force);
            foreach (string warning in CreationWarnings.OfReadOnlySettings(made))
            {
                WriteWarning(warning);
            }

            WriteObject(new ContainerEgress(made));
        }
        else if (reason == ShouldProcessReason.WhatIf)
        {
            foreach (EgressStep step in steps)
            {
                ShouldProcess($"{step}", $"{step}", "");
            }
        }
    }

    private Attachment Template()
    {
        Attachment template = new()
        {
            Id = new AttachmentId(Network, ContainerId, Name),
            Namespace = NetNamespace?.Reference,
            Addresses = [],
            Mtu = Mtu == 0 ? Attachment.DefaultMtu : (ushort)Mtu,
            Excluded = ExcludePrefix,
            MetadataAddresses = MetadataAddress,
            Isolation = (Isolate ? EgressIsolation.Containers : 0) | (BlockMetadata ? EgressIsolation.Metadata : 0),
        };
        return template with
        {
            HostInterface = HostInterface ?? template.HostInterface,
            MacAddress = MacAddress ?? template.MacAddress,
            HostMacAddress = HostMacAddress ?? template.HostMacAddress,
        };
    }
}
