using System.Runtime.CompilerServices;

namespace EgressNet.Transformations;

/// <summary>Stands for an object where text is expected. It is not text, so that the binder tries the parameter that takes
/// the object; where the text's parameter was named, the binder converts this to the error message.</summary>
internal sealed class RefusedText
{
    // Known by reference, as no text that somebody types.
    private static readonly ConditionalWeakTable<string, RefusedText> s_texts = [];
    private readonly string _reason;

    public RefusedText(string reason)
    {
        _reason = new string(reason.AsSpan());
        s_texts.Add(_reason, this);
    }

    public static bool Is(string text) => s_texts.TryGetValue(text, out _);

    public override string ToString() => _reason;
}
