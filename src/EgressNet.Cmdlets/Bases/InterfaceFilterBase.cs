using EgressNet.Arguments;
using EgressNet.Completers;
using EgressNet.Transformations;

namespace EgressNet.Bases;

/// <summary>A cmdlet that takes interfaces as a filter.</summary>
public abstract class InterfaceFilterBase : NamespaceCommandBase
{
    [Parameter(ParameterSetName = ParameterSet.ByName, ValueFromPipelineByPropertyName = true)]
    [Alias("ifAlias")]
    [TextArgument]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(InterfaceCompleter))]
    public virtual string[]? InterfaceAlias { get; set; }

    [Parameter(ParameterSetName = ParameterSet.ByName, ValueFromPipelineByPropertyName = true)]
    [Alias("ifIndex")]
    [ValueTransformation(IsList = true)]
    [ArgumentCompleter(typeof(InterfaceCompleter))]
    public int[]? InterfaceIndex { get; set; }

    /// <summary>The names to match. The name of a piped object is literal.</summary>
    private protected string[]? MeantAlias
    {
        get
        {
            RequireFilters();
            return InterfaceAlias is null || !IsPiped(nameof(InterfaceAlias)) ? InterfaceAlias
                : Array.ConvertAll(InterfaceAlias, WildcardPattern.Escape);
        }
    }

    /// <summary>The indexes to match. That of a piped object is valid in the object's namespace only.</summary>
    private protected int[]? MeantIndex =>
        IsPiped(nameof(InterfaceIndex)) && IsGiven(nameof(NetNamespace)) && MeantAlias is not null ? null : InterfaceIndex;
}
