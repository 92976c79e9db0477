using System.Collections;
using System.Management.Automation.Language;

namespace EgressNet.Completers;

/// <summary>Completes an argument.</summary>
internal abstract class CompleterBase : IArgumentCompleter
{
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters) =>
        Complete(new CompletionRequest(parameterName, wordToComplete, commandAst, fakeBoundParameters));

    internal abstract IEnumerable<CompletionResult> Complete(CompletionRequest request);
}
