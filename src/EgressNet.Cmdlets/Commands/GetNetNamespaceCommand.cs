using EgressNet.Arguments;
using EgressNet.Bases;
using EgressNet.Completers;
using EgressNet.Errors;
using EgressNet.Netlink.Namespaces;
using EgressNet.Transformations;

namespace EgressNet.Commands;

/// <summary>Lists network namespaces.</summary>
[Cmdlet(VerbsCommon.Get, "NetNamespace", HelpUri = DocumentationLink.Root + "Get-NetNamespace.md")]
[OutputType(typeof(NetNamespace))]
public sealed class GetNetNamespaceCommand : EgressCommandBase
{
    private readonly NetNamespaceIdentityReader _identities = new();

    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [NamespaceArgumentTransformation(IsPath = true)]
    [ArgumentCompleter(typeof(NetNamespaceCompleter))]
    public string[]? Name { get; set; }

    private protected override Subject Subject => Subject.NetNamespace;

    protected override void ProcessRecord()
    {
        Attempt(Name, RequireFilters);
        foreach (string name in Name ?? (IsPiped(nameof(Name)) ? [] : ["*"]))
        {
            Attempt(name, () => Write(IsLiteral(name) ? WildcardPattern.Escape(name) : name));
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _identities.Dispose();
        }

        base.Dispose(disposing);
    }

    private bool IsLiteral(string name) => IsPiped(nameof(Name)) || NamespaceOrigin.Find(name) is not null;

    private void Write(string name)
    {
        if (!WildcardPattern.ContainsWildcardCharacters(name))
        {
            name = WildcardPattern.Unescape(name);

            // Digits that are a name mean that here, where names are asked for.
            NamespaceReference reference = name.Contains('/') || !File.Exists(NamespaceReference.FromName(name).Path)
                ? NamespaceReference.Parse(name)
                : NamespaceReference.FromName(name);
            using NetNamespaceHandle handle = reference.Open();
            WriteObject(new NetNamespace(reference, _identities.IdentityOf(handle)));
            return;
        }

        WildcardPattern pattern = WildcardPattern.Get(name, WildcardOptions.None);
        foreach (NamespaceReference reference in NetNamespaces.List())
        {
            if (pattern.IsMatch(reference.Name ?? reference.Path))
            {
                WriteObject(new NetNamespace(reference, IdentityOf(reference)));
            }
        }
    }

    // The directory may list names whose namespace is gone or closed to this user: they are shown without identity.
    private NetNamespaceIdentity? IdentityOf(NamespaceReference reference)
    {
        try
        {
            using NetNamespaceHandle handle = reference.Open();
            return _identities.IdentityOf(handle);
        }
        catch (NetNamespaceException gone) when (!gone.IsExhausted)
        {
            return null;
        }
    }
}
