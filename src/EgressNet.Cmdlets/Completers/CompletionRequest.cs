using System.Collections;
using System.Management.Automation.Language;

namespace EgressNet.Completers;

/// <summary>A request for completions.</summary>
/// <param name="Parameter">The parameter's name.</param>
/// <param name="Word">The argument as far as it was typed.</param>
/// <param name="Command">The whole command.</param>
/// <param name="Bound">The arguments typed so far, by parameter.</param>
internal sealed record CompletionRequest(string Parameter, string Word, CommandAst Command, IDictionary Bound)
{
    /// <summary>Whether a parameter, or the beginning of its name, was typed.</summary>
    public bool Names(params string[] names) => Command.CommandElements.OfType<CommandParameterAst>().Any(typed =>
        names.Any(name => name.StartsWith(typed.ParameterName, StringComparison.OrdinalIgnoreCase)));
}
