using System.Management.Automation;
using EgressNet.Completers;
using EgressNet.Netlink.Links;
using EgressNet.Transformations;

namespace EgressNet.Abstractions;

/// <summary>A cmdlet that works on one interface, named by alias or by index.</summary>
public abstract class InterfaceCommand : NamespaceCommand
{
    /// <summary>The interface by name or alternative name.</summary>
    [Parameter(ParameterSetName = ParameterSet.ByInterfaceAlias, ValueFromPipelineByPropertyName = true)]
    [Alias("ifAlias")]
    [ArgumentCompleter(typeof(InterfaceCompleter))]
    [ValidateNotNullOrEmpty]
    public string? InterfaceAlias { get; set; }

    /// <summary>The interface by index.</summary>
    [Parameter(
        Mandatory = true,
        ParameterSetName = ParameterSet.ByInterfaceIndex,
        ValueFromPipelineByPropertyName = true)]
    [Alias("ifIndex")]
    [ValueTransformation]
    [ValidateRange(1, int.MaxValue)]
    [ArgumentCompleter(typeof(InterfaceCompleter))]
    public int InterfaceIndex { get; set; }

    /// <summary>The interface as a prompt says it.</summary>
    private protected string InterfaceText => ParameterSetName == ParameterSet.ByInterfaceIndex
        ? $" dev {InterfaceIndex}"
        : InterfaceAlias is null ? "" : $" dev {InterfaceAlias}";

    /// <returns>The interface meant, or null where none was named.</returns>
    private protected Link? FindInterface() => ParameterSetName switch
    {
        ParameterSet.ByInterfaceIndex => Session.RequireInterface(InterfaceIndex),
        _ => InterfaceAlias is null ? null : Session.RequireInterface(InterfaceAlias),
    };
}
