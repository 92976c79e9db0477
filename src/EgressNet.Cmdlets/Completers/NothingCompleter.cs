using System.Collections;

namespace EgressNet.Completers;

/// <summary>Offers nothing, where only the user knows. Without it, PowerShell would offer file names.</summary>
internal sealed class NothingCompleter : OfferCompleterBase
{
    private protected override IEnumerable<(string Text, string ToolTip)> Offers(string parameter, IDictionary bound) => [];
}
