using System.Collections;

namespace EgressNet.Completers;

/// <summary>Completes nothing. Without it, PowerShell would complete file names.</summary>
internal sealed class NothingCompleter : OfferCompleterBase
{
    private protected override IEnumerable<(string Text, string ToolTip)> Offers(string parameter, IDictionary bound) => [];
}
