using System.Management.Automation;
using EgressNet.Completers;
using EgressNet.Transformations;

namespace EgressNet.Abstractions;

/// <summary>A cmdlet that takes interfaces as a filter.</summary>
public abstract class InterfaceFilterCommand : NamespaceCommand
{
    /// <summary>Interfaces by name, or wildcards.</summary>
    [Parameter(ParameterSetName = ParameterSet.ByKey, ValueFromPipelineByPropertyName = true)]
    [Alias("ifAlias")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(InterfaceCompleter))]
    public string[]? InterfaceAlias { get; set; }

    /// <summary>Interfaces by index.</summary>
    [Parameter(ParameterSetName = ParameterSet.ByKey, ValueFromPipelineByPropertyName = true)]
    [Alias("ifIndex")]
    [ValueTransformation(IsList = true)]
    [ArgumentCompleter(typeof(InterfaceCompleter))]
    public int[]? InterfaceIndex { get; set; }
}
