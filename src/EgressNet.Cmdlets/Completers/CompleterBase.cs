using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace EgressNet.Completers;

/// <summary>Completes an argument.</summary>
public abstract class CompleterBase : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters) =>
        Complete(new CompletionRequest(parameterName, wordToComplete, commandAst, fakeBoundParameters));

    internal abstract IEnumerable<CompletionResult> Complete(CompletionRequest request);
}
