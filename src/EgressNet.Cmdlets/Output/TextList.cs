using System.Collections.ObjectModel;

namespace EgressNet;

/// <summary>A list whose text is that of its items, for Export-Csv and formatting.</summary>
/// <typeparam name="T">The type of its items.</typeparam>
public sealed class TextList<T> : ReadOnlyCollection<T>, ITextList
{
    private readonly Func<T, string> _text;

    internal TextList(IEnumerable<T> items, Func<T, string>? text = null)
        : base([.. items]) => _text = text ?? (item => $"{item}");

    /// <summary>The number of items, under the name that arrays have.</summary>
    public int Length => Count;

    IEnumerable<string> ITextList.Texts => this.Select(_text);

    /// <summary>The items.</summary>
    /// <returns>Such as <c>10.0.0.0/8, 192.168.0.0/16</c>.</returns>
    public override string ToString() => string.Join(", ", this.Select(_text));
}

/// <summary>A list that knows what a view shows of its items.</summary>
internal interface ITextList
{
    IEnumerable<string> Texts { get; }
}
