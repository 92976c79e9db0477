using EgressNet.Arguments;
using EgressNet.Bases;
using EgressNet.Completers;
using EgressNet.Errors;
using EgressNet.Netlink.Links;
using EgressNet.Netlink.Namespaces;
using EgressNet.Sessions;
using EgressNet.Transformations;
using EgressNet.Veths;

namespace EgressNet.Commands;

/// <summary>Removes veth pairs between the caller's namespace and containers'.</summary>
[Cmdlet(
    VerbsCommon.Remove,
    "EgressVeth",
    SupportsShouldProcess = true,
    DefaultParameterSetName = ParameterSet.ByInputObject,
    HelpUri = DocumentationLink.Root + "Remove-EgressVeth.md")]
[OutputType(typeof(EgressVeth))]
public sealed class RemoveEgressVethCommand : EgressCommandBase
{
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ParameterSet.ByName, ValueFromPipelineByPropertyName = true)]
    [TextArgument]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(EgressVethCompleter))]
    public string[] Name { get; set; } = [];

    [Parameter(Mandatory = true, Position = 1, ParameterSetName = ParameterSet.ByName, ValueFromPipelineByPropertyName = true)]
    [Alias("NetNS", "Sandbox")]
    [NetNamespaceTransformation]
    [ArgumentCompleter(typeof(NetNamespaceCompleter))]
    public NetNamespace? NetNamespace { get; set; }

    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ParameterSet.ByInputObject, ValueFromPipeline = true)]
    [CopyTransformation(typeof(EgressVeth))]
    [ArgumentCompleter(typeof(NameOrObjectCompleter<EgressVethCompleter>))]
    public EgressVeth[] InputObject { get; set; } = [];

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override Subject Subject => Subject.Interface;

    protected override void ProcessRecord()
    {
        if (ParameterSetName == ParameterSet.ByName)
        {
            Attempt(NetNamespace, () => RemoveByName(NetNamespace!.Reference));
            return;
        }

        ForEach(InputObject, Remove);
    }

    private void RemoveByName(NamespaceReference reference)
    {
        NameFilter names = new(Name);
        List<EgressVeth> found = [];
        using (NamespaceSession container = Enter(reference), host = Enter())
        {
            found.AddRange(new VethFinder(host.Connection).Find(container.Connection)
                .Where(pair => names.Matches(pair.Container.Name))
                .Select(pair => new EgressVeth(pair, host.Origin, container.Origin)));
        }

        ForEach(found, Remove);

        WriteNotFound(
            names.Unmatched,
            ErrorId.VethNotFound,
            name => $"No veth pair '{name}' between {reference} and the caller's namespace.");
    }

    private static void RequireThere(NamespaceSession host, EgressVeth veth)
    {
        if (!VethFinder.IsStillThere(host.Connection, veth.HostInterface.Link))
        {
            throw new ErrorRecordException(
                $"Veth pair {veth} with the host's end {veth.HostInterface.Link} no longer exists."
                    .ToNotFoundError(ErrorId.VethNotFound, veth));
        }
    }

    private void Remove(EgressVeth veth)
    {
        Link end = veth.HostInterface.Link;
        Foresee(() =>
        {
            using NamespaceSession caller = Enter();
            RequireThere(caller, veth);
        });
        if (!ShouldProcess($"{veth.InterfaceAlias} in {veth.NetNamespace} <-> {end.Name}", "Remove veth pair"))
        {
            return;
        }

        using NamespaceSession host = Enter();
        RequireThere(host, veth);
        WriteVerbose($"delete link {end}");
        host.Connection.Links.Delete(end.Index);
        if (PassThru)
        {
            WriteObject(veth);
        }
    }
}
