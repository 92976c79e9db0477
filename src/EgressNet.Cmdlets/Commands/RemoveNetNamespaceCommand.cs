using EgressNet.Arguments;
using EgressNet.Bases;
using EgressNet.Completers;
using EgressNet.Errors;
using EgressNet.Netlink.Namespaces;
using EgressNet.Transformations;

namespace EgressNet.Commands;

/// <summary>Removes named network namespaces.</summary>
[Cmdlet(
    VerbsCommon.Remove,
    "NetNamespace",
    SupportsShouldProcess = true,
    DefaultParameterSetName = ParameterSet.ByInputObject,
    HelpUri = DocumentationLink.Root + "Remove-NetNamespace.md")]
[OutputType(typeof(NetNamespace))]
public sealed class RemoveNetNamespaceCommand : EgressCommandBase
{
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ParameterSet.ByName, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [NamespaceArgumentTransformation]
    [ArgumentCompleter(typeof(NetNamespaceCompleter))]
    public string[] Name { get; set; } = [];

    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ParameterSet.ByInputObject, ValueFromPipeline = true)]
    [CopyTransformation(typeof(NetNamespace), RefusesOthers = true)]
    [ArgumentCompleter(typeof(NameOrObjectCompleter<NetNamespaceCompleter>))]
    public NetNamespace[] InputObject { get; set; } = [];

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override Subject Subject => Subject.NetNamespace;

    protected override void ProcessRecord()
    {
        ForEach(InputObject, listed => Remove(listed.Name, listed.Reference));
        ForEach(IsPiped(nameof(Name)) ? Name : Name.SelectMany(Expand), name => Remove(name));
    }

    private static IEnumerable<string> Expand(string name)
    {
        if (!WildcardPattern.ContainsWildcardCharacters(name))
        {
            return [WildcardPattern.Unescape(name)];
        }

        WildcardPattern pattern = WildcardPattern.Get(name, WildcardOptions.None);
        return NetNamespaces.List().Select(ns => ns.Name ?? ns.Path).Where(pattern.IsMatch);
    }

    private void Remove(string name, NamespaceReference? listed = null)
    {
        NetNamespace removed = new(NamespaceReference.FromName(name), listed?.Identity);
        Foresee(() =>
        {
            using NetNamespaceHandle? same = listed?.Identity is null ? null : listed.Open();
            NetNamespaces.ThrowIfAbsent(name);
        });
        if (ShouldProcess(name, "Remove network namespace"))
        {
            using NetNamespaceHandle? present = listed?.Identity is null ? null : listed.Open();
            WriteVerbose($"remove namespace {name}");
            NetNamespaces.Remove(name);
            if (PassThru)
            {
                WriteObject(removed);
            }
        }
    }
}
