using EgressNet.Arguments;
using EgressNet.Bases;
using EgressNet.Batches;
using EgressNet.Completers;
using EgressNet.Errors;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Neighbors;
using EgressNet.Netlink.Routes;
using EgressNet.Transformations;

namespace EgressNet.Commands;

/// <summary>Adds neighbors.</summary>
[Cmdlet(
    VerbsCommon.New,
    "NetNeighbor",
    SupportsShouldProcess = true,
    DefaultParameterSetName = ParameterSet.ByInputObject,
    HelpUri = DocumentationLink.Root + "New-NetNeighbor.md")]
[OutputType(typeof(NetNeighbor))]
public sealed class NewNetNeighborCommand : InterfaceCommandBase
{
    [Parameter(
        Mandatory = true,
        Position = 0,
        ParameterSetName = ParameterSet.ByInterface,
        ValueFromPipelineByPropertyName = true)]
    [IPAddressTransformation(IsText = true)]
    [ArgumentCompleter(typeof(NeighborCompleter))]
    public IPAddressText? IPAddress { get; set; }

    [Parameter(ParameterSetName = ParameterSet.ByInterface, ValueFromPipelineByPropertyName = true)]
    [LinkLayerAddressTransformation]
    [ArgumentCompleter(typeof(NeighborCompleter))]
    public LinkLayerAddress? LinkLayerAddress { get; set; }

    [Parameter(ParameterSetName = ParameterSet.ByInterface, ValueFromPipelineByPropertyName = true)]
    [NeighborStateTransformation]
    public NeighborState? State { get; set; }

    [Parameter(ParameterSetName = ParameterSet.ByInterface)]
    [ValueTransformation]
    [ValidateSet("IPv4", "IPv6")]
    public AddressFamily? AddressFamily { get; set; }

    [Parameter(ParameterSetName = ParameterSet.ByInterface, ValueFromPipelineByPropertyName = true)]
    [RouteProtocolTransformation]
    [ArgumentCompleter(typeof(RouteProtocolCompleter))]
    public RouteProtocol Protocol { get; set; }

    [Parameter(ParameterSetName = ParameterSet.ByInterface)]
    public SwitchParameter Proxy { get; set; }

    [Parameter(ParameterSetName = ParameterSet.ByInterface)]
    public SwitchParameter Router { get; set; }

    [Parameter(ParameterSetName = ParameterSet.ByInterface)]
    public SwitchParameter ExternallyLearned { get; set; }

    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ParameterSet.ByInputObject, ValueFromPipeline = true)]
    [CopyTransformation(typeof(NetNeighbor))]
    [ArgumentCompleter(typeof(NameOrObjectCompleter<NeighborCompleter>))]
    public NetNeighbor? InputObject { get; set; }

    [Parameter]
    [ValueTransformation]
    [ValidateSupported(EgressNet.PolicyStore.ActiveStore, Unsupported.Store)]
    public PolicyStore PolicyStore { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override Subject Subject => Subject.Neighbor;

    private object Target => InputObject is null ? IPAddress! : InputObject;

    private protected override void ProcessItem() => Attempt(Target, () =>
    {
        if (InputObject is not null)
        {
            FollowObject(InputObject.Origin);
        }
        else
        {
            RequireGoodAddress(IPAddress!);
        }

        NeighborItem item = Item();
        Foresee(() => Writer().Foresee(item));
        if (ShouldProcess(Announces ? $"{Text(item)}{InNamespace}" : "", Force ? "Replace neighbor" : "Add neighbor"))
        {
            Writer().Add(item);
        }
    });

    private NeighborBatchWriter Writer() => Gather(session => new NeighborBatchWriter(this, session, Force));

    private string Text(NeighborItem item) => item.Neighbor.ToString(
        InputObject?.InterfaceAlias ?? InterfaceAlias ?? (InterfaceIndex is { } index ? Session.TextOf(index) : null));

    private NeighborItem Item() => InputObject is not null
        ? new NeighborItem(InputObject)
        : new NeighborItem(
            new Neighbor
            {
                Address = IPAddress!.Address,
                InterfaceIndex = 0,
                LinkLayerAddress = LinkLayerAddress ?? default,
                State = State ?? (Proxy ? NeighborState.None : NeighborState.Permanent),
                Protocol = Protocol,
                Flags = (Proxy ? NeighborFlags.Proxy : NeighborFlags.None)
                    | (Router ? NeighborFlags.Router : NeighborFlags.None)
                    | (ExternallyLearned ? NeighborFlags.ExternallyLearned : NeighborFlags.None),
            },
            NamedInterface ?? NameRequired(Target),
            Target);

    private void RequireGoodAddress(IPAddressText text)
    {
        string? fault = text switch
        {
            { PrefixLength: not null } => $"IPAddress '{text}' is a network: a neighbor is one address.",
            { Address: { IsUnspecified: true } or { IsLoopback: true } } => $"IPAddress '{text}' is no address of a neighbor.",
            _ when AddressFamily is { } family && text.Address.Family != family =>
                $"IPAddress '{text}' is not of AddressFamily '{family}'.",
            _ when Router && text.Address.Family != Netlink.Inet.AddressFamily.IPv6 =>
                $"Router: only IPv6 marks one, and IPAddress '{text}' is IPv4.",
            _ => null,
        };
        if (fault is not null)
        {
            throw new ErrorRecordException(fault.ToError(ErrorId.InvalidArgument, ErrorCategory.InvalidArgument, Target));
        }
    }
}
