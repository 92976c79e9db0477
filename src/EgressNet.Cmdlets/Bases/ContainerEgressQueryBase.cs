using EgressNet.Arguments;
using EgressNet.Attachments;
using EgressNet.Completers;
using EgressNet.Errors;
using EgressNet.Operations;
using EgressNet.Transformations;

namespace EgressNet.Bases;

/// <summary>A cmdlet that finds attachments by container, network and interface.</summary>
public abstract class ContainerEgressQueryBase : NodeCommandBase
{
    [Parameter(Position = 0, ParameterSetName = ParameterSet.ByName, ValueFromPipelineByPropertyName = true)]
    [TextArgument]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(AttachmentCompleter))]
    public virtual string[]? ContainerId { get; set; }

    [Parameter(ParameterSetName = ParameterSet.ByName, ValueFromPipelineByPropertyName = true)]
    [TextArgument]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(AttachmentCompleter))]
    public string[]? Network { get; set; }

    [Parameter(ParameterSetName = ParameterSet.ByName, ValueFromPipelineByPropertyName = true)]
    [Alias("IfName", "ContainerInterface")]
    [TextArgument]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(AttachmentCompleter))]
    public string[]? Name { get; set; }

    /// <summary>Reads what matches. A literal id without a match is an error.</summary>
    private protected List<ContainerEgress> Find()
    {
        RequireFilters();
        NameFilter ids = new(ContainerId);
        NameFilter networks = new(Network);
        NameFilter names = new(Name);
        AttachmentReader reader = new(Kernel);
        bool Matches(AttachmentId id) =>
            networks.Matches(id.Network) && names.Matches(id.InterfaceName) && ids.Matches(id.ContainerId);
        IEnumerable<FoundAttachment> all = ids.IsEmpty || ids.HasWildcard
            ? reader.Read(Matches)
            : ContainerId!.Distinct().SelectMany(id => reader.Read(id, Matches));
        List<ContainerEgress> found =
        [
            .. all.OrderBy(each => each.Attachment.Id.Owner, StringComparer.Ordinal)
                .Select(each => new ContainerEgress(each.Attachment, each.Host is not null)),
        ];
        if (reader.Unreadable is { } refused)
        {
            WriteWarning($"Source NAT cannot be read, so what only it tells is missing: {refused.Message}");
        }

        WriteNotFound(
            ids.Unmatched, ErrorId.ContainerEgressNotFound, id => $"ContainerId '{id}' has no egress on this node.");
        return found;
    }
}
