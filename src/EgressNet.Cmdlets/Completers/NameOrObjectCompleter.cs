using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace EgressNet.Completers;

/// <summary>Completes an object's parameter whose position is also that of a name: with names, unless the parameter
/// itself was typed, since no text is an object.</summary>
/// <typeparam name="TNames">Completes the name.</typeparam>
public sealed class NameOrObjectCompleter<TNames> : IArgumentCompleter
    where TNames : OfferCompleterBase, new()
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters)
    {
        if (commandAst.CommandElements.OfType<CommandParameterAst>()
            .Any(typed => parameterName.StartsWith(typed.ParameterName, StringComparison.OrdinalIgnoreCase)))
        {
            return [];
        }

        // Once a word is begun, PowerShell asks the name's completer too, and leaves an empty offer between both answers.
        return wordToComplete.Length > 0
            ? null!
            : new TNames().CompleteArgument(
                commandName, parameterName, wordToComplete, commandAst, fakeBoundParameters);
    }
}
