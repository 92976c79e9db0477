using System.Collections.ObjectModel;

namespace EgressNet;

/// <summary>A list whose text is that of its items, for Export-Csv and formatting.</summary>
/// <typeparam name="T">The type of its items.</typeparam>
public sealed class TextList<T> : ReadOnlyCollection<T>
{
    internal TextList(IEnumerable<T> items)
        : base([.. items])
    {
    }

    /// <summary>The number of items, under the name that arrays have.</summary>
    public int Length => Count;

    /// <summary>The items.</summary>
    /// <returns>Such as <c>10.0.0.0/8, 192.168.0.0/16</c>.</returns>
    public override string ToString() => string.Join(", ", this);
}
