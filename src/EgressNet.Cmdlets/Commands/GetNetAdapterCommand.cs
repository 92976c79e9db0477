using System.Management.Automation;
using EgressNet.Abstractions;
using EgressNet.Completers;
using EgressNet.Errors;
using EgressNet.Netlink.Links;
using EgressNet.Transformations;

namespace EgressNet.Commands;

/// <summary>Lists network interfaces.</summary>
[Cmdlet(VerbsCommon.Get, "NetAdapter", HelpUri = DocumentationLink.Root + "Get-NetAdapter.md")]
[OutputType(typeof(NetAdapter))]
public sealed class GetNetAdapterCommand : NamespaceCommand
{
    /// <summary>Names or wildcards; alternative names count.</summary>
    [Parameter(Position = 0)]
    [Alias("ifAlias", "InterfaceAlias")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(InterfaceCompleter))]
    public string[]? Name { get; set; }

    /// <summary>Indexes.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("ifIndex")]
    [ValueTransformation(IsList = true)]
    [ArgumentCompleter(typeof(InterfaceCompleter))]
    public int[]? InterfaceIndex { get; set; }

    /// <summary>Kinds, such as veth or bridge, or wildcards.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(InterfaceCompleter))]
    public string[]? Kind { get; set; }

    private protected override Subject Subject => Subject.Interface;

    /// <inheritdoc/>
    protected override void ProcessRecord() => Attempt(NetNamespace, () =>
    {
        NameFilter names = new(Name);
        NameFilter kinds = new(Kind);
        HashSet<int> missing = [.. InterfaceIndex ?? []];
        foreach (Link link in Candidates(Session.Connection.Links))
        {
            bool named = names.Matches(link.Name) | link.AlternativeNames.Any(names.Matches);
            if (named
                && (InterfaceIndex is null || InterfaceIndex.Contains(link.Index))
                && (Kind is null || kinds.Matches(link.Kind ?? "")))
            {
                missing.Remove(link.Index);
                WriteObject(Session.ToOutput(link));
            }
        }

        foreach (string name in names.Unmatched)
        {
            WriteError($"No interface '{name}'{InNamespace}.".ToNotFoundError(ErrorId.InterfaceNotFound, name));
        }

        foreach (int index in missing)
        {
            WriteError($"No interface with index {index}{InNamespace}."
                .ToNotFoundError(ErrorId.InterfaceNotFound, index));
        }
    });

    // Those that are named are asked for, not looked for among all.
    private IEnumerable<Link> Candidates(LinkOperations links) =>
        (InterfaceIndex, Name) switch
        {
            ({ } indexes, _) => indexes.Distinct().Order().Select(links.Find).OfType<Link>(),
            (_, { } names) when !names.Any(WildcardPattern.ContainsWildcardCharacters) =>
                names.Select(links.Find).OfType<Link>().DistinctBy(link => link.Index).OrderBy(link => link.Index),
            _ => links.List(),
        };
}
