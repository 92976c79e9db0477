using EgressNet.Arguments;
using EgressNet.Completers;
using EgressNet.Errors;
using EgressNet.Sessions;
using EgressNet.Transformations;

namespace EgressNet.Bases;

/// <summary>A cmdlet that works on one interface, named by alias or by index.</summary>
public abstract class InterfaceCommandBase : NamespaceCommandBase
{
    [Parameter(ParameterSetName = ParameterSet.ByInterface, ValueFromPipelineByPropertyName = true)]
    [Alias("ifAlias")]
    [TextArgument]
    [ArgumentCompleter(typeof(InterfaceCompleter))]
    [ValidateNotNullOrEmpty]
    public string? InterfaceAlias { get; set; }

    [Parameter(ParameterSetName = ParameterSet.ByInterface, ValueFromPipelineByPropertyName = true)]
    [Alias("ifIndex")]
    [ValueTransformation]
    [ValidateRange(1, int.MaxValue)]
    [ArgumentCompleter(typeof(InterfaceCompleter))]
    public int? InterfaceIndex { get; set; }

    /// <summary>The interface, for prompts.</summary>
    private protected string InterfaceText => InterfaceAlias is not null ? $" dev {InterfaceAlias}"
        : InterfaceIndex is not { } index ? "" : $" dev {Session.TextOf(index)}";

    /// <summary>The key of the interface for an <see cref="InterfaceLookup"/>; null where none is given. The index of an
    /// object is valid in the object's namespace only.</summary>
    private protected object? NamedInterface =>
        InterfaceIndex is null ? InterfaceAlias
        : InterfaceAlias is null ? InterfaceIndex
        : IsPiped(nameof(InterfaceIndex)) && IsGiven(nameof(NetNamespace)) ? InterfaceAlias
        : (InterfaceIndex.Value, InterfaceAlias);

    private protected static string NameRequired(object? target) => throw new ErrorRecordException(
        "InterfaceAlias or InterfaceIndex is missing."
            .ToError(ErrorId.InvalidArgument, ErrorCategory.InvalidArgument, target));
}
