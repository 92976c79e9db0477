using EgressNet.Arguments;
using EgressNet.Bases;
using EgressNet.Batches;
using EgressNet.Completers;
using EgressNet.Errors;
using EgressNet.Netlink.Neighbors;
using EgressNet.Queries;
using EgressNet.Transformations;

namespace EgressNet.Commands;

/// <summary>Removes neighbors: those named, the dynamic ones of an interface, or exactly those piped in.</summary>
[Cmdlet(
    VerbsCommon.Remove,
    "NetNeighbor",
    SupportsShouldProcess = true,
    DefaultParameterSetName = ParameterSet.ByInputObject,
    HelpUri = DocumentationLink.Root + "Remove-NetNeighbor.md")]
[OutputType(typeof(NetNeighbor))]
public sealed class RemoveNetNeighborCommand : NetNeighborFilterBase
{
    [Parameter(Position = 0, ParameterSetName = ParameterSet.ByName, ValueFromPipelineByPropertyName = true)]
    [TextArgument(typeof(NetNeighbor))]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(NeighborCompleter))]
    public string[] IPAddress { get; set; } = [];

    [Parameter(ParameterSetName = ParameterSet.ByName)]
    [SupportsWildcards]
    [TextArgument]
    [ArgumentCompleter(typeof(NeighborCompleter))]
    public string[]? LinkLayerAddress { get; set; }

    [Parameter(ParameterSetName = ParameterSet.ByName)]
    [NeighborStateTransformation(IsList = true)]
    public NeighborState[]? State { get; set; }

    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ParameterSet.ByInputObject, ValueFromPipeline = true)]
    [CopyTransformation(typeof(NetNeighbor), TakesInterfaces = true)]
    [ArgumentCompleter(typeof(NameOrObjectCompleter<NeighborCompleter>))]
    public NetNeighbor[] InputObject { get; set; } = [];

    [Parameter(ParameterSetName = ParameterSet.ByName)]
    public SwitchParameter Force { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override void ProcessItem()
    {
        ForEach(InputObject, neighbor => Remove(Follow(neighbor), mayBeGone: false));
        if (ParameterSetName != ParameterSet.ByName)
        {
            return;
        }

        if (IPAddress.Length == 0)
        {
            Attempt(NetNamespace, RemoveSelected);
        }
        else
        {
            Attempt(IPAddress, () => ForEach(Meant(IPAddress), RemoveByName));
        }
    }

    private void RemoveByName(string address)
    {
        NeighborQuery query = Query([address]);
        List<NetNeighbor> found = Named(
            query, address, Force || query.HasWildcard, "name the interface, or use -Force");
        ForEach(found, neighbor => Remove(neighbor, query.HasWildcard));
    }

    // Dynamic ones come and go by themselves.
    private void RemoveSelected()
    {
        bool isInterfaceAlone = State is null && LinkLayerAddress is null;
        if (isInterfaceAlone && InterfaceAlias is null && InterfaceIndex is null)
        {
            throw new ErrorRecordException(
                "Nothing says which neighbors: give IPAddress, LinkLayerAddress, State, InterfaceAlias or InterfaceIndex."
                    .ToError(ErrorId.InvalidArgument, ErrorCategory.InvalidArgument, NetNamespace));
        }

        IEnumerable<NetNeighbor> found = Query(null).Run(Session);
        ForEach(
            isInterfaceAlone && !Proxy ? found.Where(neighbor => neighbor.Neighbor.IsDynamic) : found,
            neighbor => Remove(neighbor, mayBeGone: true));
    }

    private void Remove(NetNeighbor neighbor, bool mayBeGone)
    {
        NeighborBatchRemover remover = Gather(session => new NeighborBatchRemover(this, session, PassThru));
        Foresee(() => remover.Foresee(neighbor));
        if (ShouldProcess(
            Announces ? $"{neighbor.Neighbor.ToString(neighbor.InterfaceAlias)}{InNamespace}" : "", "Remove neighbor"))
        {
            remover.Add(new NeighborRemoval(neighbor, mayBeGone));
        }
    }

    private NeighborQuery Query(string[]? addresses) => new(addresses)
    {
        InterfaceAlias = MeantAlias,
        InterfaceIndex = MeantIndex,
        AddressFamily = AddressFamily,
        State = State,
        LinkLayerAddress = LinkLayerAddress,
        IsProxy = Proxy,
    };
}
