using System.Management.Automation.Language;

namespace EgressNet.Completers;

/// <summary>Completes an address and its gateway, which is the first argument where the address is piped: there, with
/// both.</summary>
internal sealed class AddressOrGatewayCompleter : CompleterBase
{
    private static readonly string[] s_gatewayNames = ["Gateway", "NextHop", "DefaultGateway"];
    private static readonly AddressCompleter s_addresses = new();
    private static readonly RouteCompleter s_gateways = new();

    internal override IEnumerable<CompletionResult> Complete(CompletionRequest request)
    {
        bool isGateway = request.Parameter == s_gatewayNames[0];
        bool isFirst = Positional(request.Command).Count() <= (request.Word.Length > 0 ? 1 : 0)
            && !request.Names(isGateway ? s_gatewayNames : [request.Parameter]);
        if (!isFirst)
        {
            return isGateway ? s_gateways.Complete(request) : s_addresses.Complete(request);
        }

        // Once a word is begun, PowerShell asks for the address too, and leaves an empty offer between both answers.
        return isGateway && request.Word.Length > 0
            ? null!
            : s_addresses.Complete(request).Concat(s_gateways.Complete(request));
    }

    // What follows a parameter is its argument, but for switches.
    private static IEnumerable<CommandElementAst> Positional(CommandAst command) => command.CommandElements
        .Zip(command.CommandElements.Skip(1))
        .Where(pair => pair.Second is not CommandParameterAst
            && pair.First is not CommandParameterAst { Argument: null, ParameterName: not "DefaultRoute" })
        .Select(pair => pair.Second);
}
