using EgressNet.Arguments;
using EgressNet.Bases;
using EgressNet.Completers;
using EgressNet.Neighbors;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Neighbors;
using EgressNet.Queries;
using EgressNet.Transformations;

namespace EgressNet.Commands;

/// <summary>Changes neighbors that are there.</summary>
[Cmdlet(
    VerbsCommon.Set,
    "NetNeighbor",
    SupportsShouldProcess = true,
    DefaultParameterSetName = ParameterSet.ByInputObject,
    HelpUri = DocumentationLink.Root + "Set-NetNeighbor.md")]
[OutputType(typeof(NetNeighbor))]
public sealed class SetNetNeighborCommand : NetNeighborFilterBase
{
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ParameterSet.ByName, ValueFromPipelineByPropertyName = true)]
    [TextArgument(typeof(NetNeighbor))]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(NeighborCompleter))]
    public string[] IPAddress { get; set; } = [];

    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ParameterSet.ByInputObject, ValueFromPipeline = true)]
    [CopyTransformation(typeof(NetNeighbor))]
    [ArgumentCompleter(typeof(NameOrObjectCompleter<NeighborCompleter>))]
    public NetNeighbor[] InputObject { get; set; } = [];

    [Parameter]
    [LinkLayerAddressTransformation]
    [ArgumentCompleter(typeof(NeighborCompleter))]
    public LinkLayerAddress? LinkLayerAddress { get; set; }

    [Parameter]
    [NeighborStateTransformation]
    public NeighborState? State { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override void ProcessItem()
    {
        ForEach(InputObject, neighbor => Change(Follow(neighbor)));
        if (IPAddress.Length > 0)
        {
            Attempt(IPAddress, () => ForEach(Meant(IPAddress), ChangeByName));
        }
    }

    private void ChangeByName(string address)
    {
        NeighborQuery query = new([address])
        {
            InterfaceAlias = MeantAlias,
            InterfaceIndex = MeantIndex,
            AddressFamily = AddressFamily,
            IsProxy = Proxy,
        };
        ForEach(Named(query, address, query.HasWildcard, "name the interface"), Change);
    }

    private void Change(NetNeighbor neighbor)
    {
        Neighbor wanted = Wanted(neighbor);
        string text = neighbor.Neighbor.ToString(neighbor.InterfaceAlias);
        Foresee(() => new NeighborBatch(Session.Connection).RequireThere(neighbor.Neighbor, text));
        if (ShouldProcess(
            $"{text}{InNamespace}",
            $"Change neighbor to {wanted.ToString(neighbor.InterfaceAlias)}"))
        {
            Report?.Invoke($"change neighbor {wanted.ToString(neighbor.InterfaceAlias)}");
            Session.Connection.Neighbors.Write(wanted, NeighborChange.Change);
            if (PassThru)
            {
                WriteObject(Session.ToOutput(new NeighborBatch(Session.Connection).Find(wanted) ?? wanted));
            }
        }
    }

    private Neighbor Wanted(NetNeighbor present)
    {
        Neighbor old = present.Neighbor;
        NeighborState state = State ?? (LinkLayerAddress is null || Neighbor.HasAddressIn(old.State)
            ? old.State
            : NeighborState.Permanent);
        LinkLayerAddress address = LinkLayerAddress ?? (Neighbor.HasAddressIn(state) ? old.LinkLayerAddress : default);
        NeighborArgument.ThrowIfInvalid(
            old.Address, old.IsProxy, address, state, Session.RequireInterface(old.InterfaceIndex, present), present);
        return old with
        {
            LinkLayerAddress = address,
            State = state,
            Flags = state == NeighborState.Permanent ? old.Flags & ~NeighborFlags.Managed : old.Flags,
        };
    }
}
