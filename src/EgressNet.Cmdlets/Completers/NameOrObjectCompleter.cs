namespace EgressNet.Completers;

/// <summary>Completes an object's parameter whose position is also that of a name: with names, unless the parameter
/// itself was typed, since no text is an object.</summary>
/// <typeparam name="TNames">Completes the name.</typeparam>
internal sealed class NameOrObjectCompleter<TNames> : CompleterBase
    where TNames : OfferCompleterBase, new()
{
    internal override IEnumerable<CompletionResult> Complete(CompletionRequest request)
    {
        if (request.Names(request.Parameter))
        {
            return [];
        }

        // Once a word is begun, PowerShell asks the name's completer too, and leaves an empty offer between both answers.
        return request.Word.Length > 0 ? null! : new TNames().Complete(request);
    }
}
