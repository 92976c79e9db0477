using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace EgressNet.Completers;

/// <summary>Completes an address and its gateway, which is the first argument where the address is piped: there, with
/// both.</summary>
public sealed class AddressOrGatewayCompleter : IArgumentCompleter
{
    private static readonly string[] s_gatewayNames = ["Gateway", "NextHop", "DefaultGateway"];
    private static readonly AddressCompleter s_addresses = new();
    private static readonly RouteCompleter s_gateways = new();

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters)
    {
        IEnumerable<CompletionResult> Of(OfferCompleterBase completer) => completer.CompleteArgument(
            commandName, parameterName, wordToComplete, commandAst, fakeBoundParameters);
        bool isGateway = parameterName == s_gatewayNames[0];
        bool isFirst = Positional(commandAst).Count() <= (wordToComplete.Length > 0 ? 1 : 0)
            && !commandAst.CommandElements.OfType<CommandParameterAst>().Any(typed =>
                (isGateway ? s_gatewayNames : [parameterName]).Any(name =>
                    name.StartsWith(typed.ParameterName, StringComparison.OrdinalIgnoreCase)));
        if (!isFirst)
        {
            return Of(isGateway ? s_gateways : s_addresses);
        }

        // Once a word is begun, PowerShell asks for the address too, and leaves an empty offer between both answers.
        return isGateway && wordToComplete.Length > 0 ? null! : Of(s_addresses).Concat(Of(s_gateways));
    }

    // What follows a parameter is its argument, but for switches.
    private static IEnumerable<CommandElementAst> Positional(CommandAst command) => command.CommandElements
        .Zip(command.CommandElements.Skip(1))
        .Where(pair => pair.Second is not CommandParameterAst
            && pair.First is not CommandParameterAst { Argument: null, ParameterName: not "DefaultRoute" })
        .Select(pair => pair.Second);
}
