using EgressNet.Arguments;
using EgressNet.Completers;
using EgressNet.Transformations;

namespace EgressNet.Bases;

/// <summary>A cmdlet that works on attachments, found by name or given as objects.</summary>
public abstract class ContainerEgressSelectionBase : ContainerEgressQueryBase
{
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ParameterSet.ByInputObject, ValueFromPipeline = true)]
    [CopyTransformation(typeof(ContainerEgress))]
    [ArgumentCompleter(typeof(NameOrObjectCompleter<AttachmentCompleter>))]
    public virtual ContainerEgress[] InputObject { get; set; } = [];

    protected override void ProcessRecord()
    {
        IEnumerable<ContainerEgress> meant = InputObject;
        if (ParameterSetName == ParameterSet.ByName)
        {
            Attempt(ContainerId, () => meant = Find());
        }

        ForEach(meant, Process);
    }

    private protected abstract void Process(ContainerEgress egress);
}
