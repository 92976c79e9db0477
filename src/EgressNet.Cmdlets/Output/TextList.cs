using System.Collections.ObjectModel;

namespace EgressNet;

/// <summary>A list that Export-Csv and texts show by its items.</summary>
/// <typeparam name="T">The type of its items.</typeparam>
public sealed class TextList<T> : ReadOnlyCollection<T>
{
    internal TextList(IEnumerable<T> items)
        : base([.. items])
    {
    }

    /// <summary>How many items there are, as an array says it.</summary>
    public int Length => Count;

    /// <summary>The items.</summary>
    /// <returns>Such as <c>10.0.0.0/8, 192.168.0.0/16</c>.</returns>
    public override string ToString() => string.Join(", ", this);
}
