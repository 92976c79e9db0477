using EgressNet.Arguments;
using EgressNet.Completers;
using EgressNet.Transformations;

namespace EgressNet.Bases;

/// <summary>A cmdlet that changes attachments, which must be named or given.</summary>
public abstract class ContainerEgressChangeBase : ContainerEgressSelectionBase
{
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ParameterSet.ByName, ValueFromPipelineByPropertyName = true)]
    [TextArgument]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(AttachmentCompleter))]
    public override string[]? ContainerId { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }
}
