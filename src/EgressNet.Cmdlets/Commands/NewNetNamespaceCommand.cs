using EgressNet.Arguments;
using EgressNet.Bases;
using EgressNet.Completers;
using EgressNet.Errors;
using EgressNet.Netlink.Namespaces;
using EgressNet.Transformations;

namespace EgressNet.Commands;

/// <summary>Creates a named network namespace.</summary>
[Cmdlet(
    VerbsCommon.New,
    "NetNamespace",
    SupportsShouldProcess = true,
    HelpUri = DocumentationLink.Root + "New-NetNamespace.md")]
[OutputType(typeof(NetNamespace))]
public sealed class NewNetNamespaceCommand : EgressCommandBase
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [NamespaceNameTransformation(IsText = true, Except = typeof(NetNamespace))]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string Name { get; set; } = "";

    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override Subject Subject => Subject.NetNamespace;

    protected override void ProcessRecord() => Attempt(Name, () =>
    {
        NamespaceReference reference = NamespaceReference.FromName(Name);
        Foresee(() =>
        {
            if (!Force)
            {
                NetNamespaces.ThrowIfTaken(Name);
            }
        });
        if (ShouldProcess(Name, "Create network namespace"))
        {
            if (Force && NetNamespaces.Exists(Name))
            {
                WriteVerbose($"remove namespace {reference}");
                NetNamespaces.Remove(Name);
            }

            WriteVerbose($"create namespace {reference}");
            NamespaceReference created = NetNamespaces.Create(Name, StopToken);
            using NetNamespaceHandle handle = created.Open();
            using NetNamespaceIdentityReader identities = new();
            WriteObject(new NetNamespace(created, identities.IdentityOf(handle)));
        }
    });
}
