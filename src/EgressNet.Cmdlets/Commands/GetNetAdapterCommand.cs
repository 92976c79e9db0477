using EgressNet.Arguments;
using EgressNet.Bases;
using EgressNet.Completers;
using EgressNet.Errors;
using EgressNet.Netlink.Links;
using EgressNet.Transformations;

namespace EgressNet.Commands;

/// <summary>Lists network interfaces.</summary>
[Cmdlet(
    VerbsCommon.Get,
    "NetAdapter",
    DefaultParameterSetName = ParameterSet.ByName,
    HelpUri = DocumentationLink.Root + "Get-NetAdapter.md")]
[OutputType(typeof(NetAdapter))]
public sealed class GetNetAdapterCommand : InterfaceFilterBase
{
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [TextArgument]
    [ArgumentCompleter(typeof(InterfaceCompleter))]
    public string[]? Name { get; set; }

    [Parameter]
    [TextArgument]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(InterfaceCompleter))]
    public string[]? Kind { get; set; }

    private protected override Subject Subject => Subject.Interface;

    private protected override void ProcessItem() => Attempt(NetNamespace, () =>
    {
        string[]? texts = Name is null ? MeantAlias : [.. Name, .. MeantAlias ?? []];
        int[]? indexes = MeantIndex;
        NameFilter names = new(texts);
        NameFilter kinds = new(Kind);
        HashSet<int> missing = [.. indexes ?? []];
        foreach (Link link in Candidates(Session.Connection.Links, texts, indexes))
        {
            bool named = names.Matches(link.Name) | link.AlternativeNames.Any(names.Matches);
            if (named && (Kind is null || kinds.Matches(link.Kind ?? "")))
            {
                missing.Remove(link.Index);
                WriteObject(Session.ToOutput(link));
            }
        }

        string with = indexes is null ? "" : $" with index {string.Join(", ", indexes)}";
        WriteNotFound(names.Unmatched, ErrorId.InterfaceNotFound, name => $"No interface '{name}'{with}{InNamespace}.");
        foreach (int index in names.Unmatched.Any() ? [] : missing)
        {
            WriteError($"No interface with index {index}{InNamespace}."
                .ToNotFoundError(ErrorId.InterfaceNotFound, index));
        }
    });

    // Those that are named are asked for, not looked for among all.
    private static IEnumerable<Link> Candidates(LinkOperations links, string[]? names, int[]? indexes) =>
        indexes is not null ? indexes.Distinct().Order().Select(links.Find).OfType<Link>()
        : names is not null && !names.Any(WildcardPattern.ContainsWildcardCharacters)
            ? names.Select(name => links.Find(WildcardPattern.Unescape(name))).OfType<Link>()
                .DistinctBy(link => link.Index).OrderBy(link => link.Index)
        : links.List();
}
