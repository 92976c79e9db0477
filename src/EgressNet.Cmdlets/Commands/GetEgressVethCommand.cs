using System.Management.Automation;
using EgressNet.Arguments;
using EgressNet.Bases;
using EgressNet.Completers;
using EgressNet.Errors;
using EgressNet.Netlink.Namespaces;
using EgressNet.Netlink.Transport;
using EgressNet.Transformations;
using EgressNet.Veths;

namespace EgressNet.Commands;

/// <summary>Lists veth pairs between the caller's namespace and containers'.</summary>
[Cmdlet(VerbsCommon.Get, "EgressVeth", HelpUri = DocumentationLink.Root + "Get-EgressVeth.md")]
[OutputType(typeof(EgressVeth))]
public sealed class GetEgressVethCommand : EgressCommandBase
{
    /// <summary>Names of the container's end, or wildcards.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [TextArgument]
    [ArgumentCompleter(typeof(EgressVethCompleter))]
    public string[]? Name { get; set; }

    /// <summary>The same, as other objects name their interface.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("ifAlias")]
    [TextArgument]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(InterfaceCompleter))]
    public string[]? InterfaceAlias { get; set; }

    /// <summary>The container's namespace; without it, every named one.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("NetNS", "Sandbox")]
    [NetNamespaceTransformation]
    [ArgumentCompleter(typeof(NetNamespaceCompleter))]
    public NamespaceReference? NetNamespace { get; set; }

    private protected override Subject Subject => Subject.Interface;

    /// <inheritdoc/>
    protected override void ProcessRecord() => Attempt(NetNamespace, () =>
    {
        RequireFilters();
        if (NetNamespace is null && IsPiped(nameof(NetNamespace)))
        {
            throw new ErrorRecordException(MissingArgument.ErrorOf(nameof(NetNamespace)));
        }

        NameFilter names = new(Name);
        NameFilter aliases = new(IsPiped(nameof(InterfaceAlias))
            ? InterfaceAlias?.Select(WildcardPattern.Escape)
            : InterfaceAlias);
        bool Matches(string name) => names.Matches(name) & aliases.Matches(name);
        using NetlinkConnection host = Connect();
        VethFinder finder = new(host);
        if (NetNamespace is not null)
        {
            using NetlinkConnection container = Connect(NetNamespace);
            Write(finder, new NamespaceOrigin(null, host), container, NetNamespace, Matches);
        }
        else
        {
            WriteAll(finder, new NamespaceOrigin(null, host), Matches);
        }

        foreach (string name in names.Unmatched.Union(aliases.Unmatched))
        {
            string where = NetNamespace is null ? "in any named namespace" : $"in {NetNamespace}";
            WriteError($"No veth pair '{name}' {where}.".ToNotFoundError(ErrorId.VethNotFound, name));
        }
    });

    private void WriteAll(VethFinder finder, NamespaceOrigin host, Predicate<string> matches)
    {
        foreach (NamespaceReference reference in NetNamespaces.List())
        {
            NetlinkConnection container;
            try
            {
                container = Connect(reference);
            }
            catch (NetNamespaceException unusable) when (!unusable.IsExhausted)
            {
                WriteVerbose($"skip namespace {reference}: {unusable.Message}");
                continue;
            }

            using (container)
            {
                Write(finder, host, container, reference, matches);
            }
        }
    }

    private void Write(
        VethFinder finder,
        NamespaceOrigin host,
        NetlinkConnection container,
        NamespaceReference reference,
        Predicate<string> matches)
    {
        NamespaceOrigin origin = new(reference, container);
        foreach (VethPair pair in finder.Find(container))
        {
            if (matches(pair.Container.Name))
            {
                WriteObject(new EgressVeth(pair, host, origin));
            }
        }
    }
}
