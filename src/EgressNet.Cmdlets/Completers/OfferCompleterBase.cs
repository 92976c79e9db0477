using System.Collections;
using System.Management.Automation.Language;
using EgressNet.Netlink.Namespaces;
using EgressNet.Sessions;
using EgressNet.Transformations;

namespace EgressNet.Completers;

/// <summary>Completes with values that start with the word. A completer cannot show an error, so a failed look-up gives no
/// values.</summary>
internal abstract class OfferCompleterBase : CompleterBase
{
    private static readonly string[] s_namespaceParameters = ["NetNamespace", "NetNS", "Sandbox"];

    internal override IEnumerable<CompletionResult> Complete(CompletionRequest request)
    {
        string typed = request.Word.Trim('\'', '"');
        try
        {
            return
            [
                .. Offers(request.Parameter, request.Bound)
                    .Where(offer => offer.Text.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
                    .DistinctBy(offer => offer.Text)
                    .Select(offer => new CompletionResult(
                        Quote(offer.Text),
                        TerminalText.Of(offer.Text),
                        CompletionResultType.ParameterValue,
                        TerminalText.Of(offer.ToolTip))),
            ];
        }
        catch (Exception)
        {
            return [];
        }
    }

    /// <summary>The values, each with its tool tip.</summary>
    private protected abstract IEnumerable<(string Text, string ToolTip)> Offers(string parameter, IDictionary bound);

    private protected static NamespaceSession Enter(NamespaceReference? ns) => new(ns, CancellationToken.None);

    private protected static NamespaceReference? NamespaceOf(IDictionary bound) =>
        s_namespaceParameters.Select(name => bound[name]).FirstOrDefault(value => value is not null) is { } typed
            ? ((NetNamespace?)new NetNamespaceTransformationAttribute().Transform(null!, typed))?.Reference
                ?? throw new ArgumentException("The name of the namespace is empty.")
            : null;

    private static string Quote(string text) =>
        text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or ':' or '/') && !text.StartsWith('-') ? text
        : text == TerminalText.Of(text) ? $"'{CodeGeneration.EscapeSingleQuotedStringContent(text)}'"
        : $"\"{string.Concat(text.Select(Escaped))}\"";

    private static string Escaped(char c) =>
        char.IsAsciiLetterOrDigit(c) || char.IsSurrogate(c) ? $"{c}" : $"`u{{{(int)c:x}}}";
}
