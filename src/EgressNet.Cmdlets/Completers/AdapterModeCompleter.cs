using System.Collections;
using EgressNet.Arguments;

namespace EgressNet.Completers;

/// <summary>Completes the modes of the kind that was typed.</summary>
internal sealed class AdapterModeCompleter : OfferCompleterBase
{
    private protected override IEnumerable<(string Text, string ToolTip)> Offers(string parameter, IDictionary bound) =>
        AdapterMode.Of(Enum.Parse<AdapterKind>($"{bound["Kind"]}", ignoreCase: true))
            .Select(mode => (mode.Word, $"mode {mode.Number} of {bound["Kind"]}"));
}
