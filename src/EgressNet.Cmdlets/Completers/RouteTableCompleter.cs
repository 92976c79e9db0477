using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using EgressNet.Transformations;

namespace EgressNet.Completers;

/// <summary>Completes the names of routing tables.</summary>
public sealed class RouteTableCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters) =>
        Completion.Of(
            wordToComplete,
            () => RouteTableTransformationAttribute.Names
                .Select(table => (table.Key, table.Value == 0 ? "every table" : $"table {table.Value}")));
}
