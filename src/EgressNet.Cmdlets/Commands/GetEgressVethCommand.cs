using EgressNet.Arguments;
using EgressNet.Bases;
using EgressNet.Completers;
using EgressNet.Errors;
using EgressNet.Netlink.Namespaces;
using EgressNet.Sessions;
using EgressNet.Transformations;
using EgressNet.Veths;

namespace EgressNet.Commands;

/// <summary>Lists veth pairs between the caller's namespace and containers'.</summary>
[Cmdlet(VerbsCommon.Get, "EgressVeth", HelpUri = DocumentationLink.Root + "Get-EgressVeth.md")]
[OutputType(typeof(EgressVeth))]
public sealed class GetEgressVethCommand : NamespaceCommandBase
{
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [TextArgument]
    [ArgumentCompleter(typeof(EgressVethCompleter))]
    public string[]? Name { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("ifAlias")]
    [TextArgument]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(InterfaceCompleter))]
    public string[]? InterfaceAlias { get; set; }

    private protected override Subject Subject => Subject.Interface;

    private protected override void ProcessItem() => Attempt(NetNamespace, () =>
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
        using NamespaceSession host = Enter();
        VethFinder finder = new(host.Connection);
        if (NetNamespace is not null)
        {
            Write(finder, host, Session, Matches);
        }
        else
        {
            WriteAll(finder, host, Matches);
        }

        string where = NetNamespace is null ? "any named namespace" : $"{NetNamespace.Reference}";
        WriteNotFound(
            names.Unmatched.Union(aliases.Unmatched), ErrorId.VethNotFound, name => $"No veth pair '{name}' in {where}.");
    });

    private void WriteAll(VethFinder finder, NamespaceSession host, Predicate<string> matches)
    {
        foreach (NamespaceReference reference in NetNamespaces.List())
        {
            using NamespaceSession container = Enter(reference);
            try
            {
                _ = container.Connection;
            }
            catch (NetNamespaceException unusable) when (!unusable.IsExhausted)
            {
                WriteVerbose($"skip namespace {reference}: {unusable.Message}");
                continue;
            }

            Write(finder, host, container, matches);
        }
    }

    private void Write(VethFinder finder, NamespaceSession host, NamespaceSession container, Predicate<string> matches)
    {
        foreach (VethPair pair in finder.Find(container.Connection).Where(pair => matches(pair.Container.Name)))
        {
            WriteObject(new EgressVeth(pair, host.Origin, container.Origin));
        }
    }
}
