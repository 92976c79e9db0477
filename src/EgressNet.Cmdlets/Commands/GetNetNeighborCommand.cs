using EgressNet.Arguments;
using EgressNet.Bases;
using EgressNet.Completers;
using EgressNet.Errors;
using EgressNet.Netlink.Neighbors;
using EgressNet.Queries;
using EgressNet.Transformations;

namespace EgressNet.Commands;

/// <summary>Lists neighbors.</summary>
[Cmdlet(
    VerbsCommon.Get,
    "NetNeighbor",
    DefaultParameterSetName = ParameterSet.ByName,
    HelpUri = DocumentationLink.Root + "Get-NetNeighbor.md")]
[OutputType(typeof(NetNeighbor))]
public sealed class GetNetNeighborCommand : NetNeighborFilterBase
{
    [Parameter(Position = 0, ParameterSetName = ParameterSet.ByName)]
    [SupportsWildcards]
    [TextArgument]
    [ArgumentCompleter(typeof(NeighborCompleter))]
    public string[]? IPAddress { get; set; }

    [Parameter]
    [SupportsWildcards]
    [TextArgument]
    [ArgumentCompleter(typeof(NeighborCompleter))]
    public string[]? LinkLayerAddress { get; set; }

    [Parameter]
    [NeighborStateTransformation(IsList = true)]
    public NeighborState[]? State { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = ParameterSet.ByInputObject, ValueFromPipeline = true)]
    [CopyTransformation(typeof(NetNeighbor))]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public NetNeighbor[] InputObject { get; set; } = [];

    private protected override void ProcessItem()
    {
        if (ParameterSetName == ParameterSet.ByName)
        {
            Attempt(NetNamespace, List);
        }

        ForEach(InputObject, known =>
        {
            NetNeighbor here = Follow(known);
            WriteObject(Query().Again(Session, here), enumerateCollection: true);
        });
    }

    private void List()
    {
        NeighborQuery query = Query();
        WriteObject(query.Run(Session), enumerateCollection: true);
        WriteNotFound(query.Unmatched, ErrorId.NeighborNotFound, address => $"No neighbor {address}{InNamespace}.");
    }

    private NeighborQuery Query() => new(IPAddress)
    {
        InterfaceAlias = MeantAlias,
        InterfaceIndex = MeantIndex,
        AddressFamily = AddressFamily,
        State = State,
        LinkLayerAddress = LinkLayerAddress,
        IsProxy = Proxy,
    };
}
