using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using EgressNet.Netlink.Routes;

namespace EgressNet.Completers;

/// <summary>Completes the names of routing protocols.</summary>
public sealed class RouteProtocolCompleter : IArgumentCompleter
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
            () => Enum.GetValues<RouteProtocol>().Select(protocol => ($"{protocol}", $"protocol {(byte)protocol}")));
}
