namespace EgressNet;

/// <summary>An object that is ordered by its key, and equal to another of the same key and state.</summary>
/// <typeparam name="T">The type itself.</typeparam>
public abstract class Comparable<T> : IComparable<T>, IComparable, IEquatable<T>
    where T : Comparable<T>
{
    /// <summary>The values that are compared, without those that change by themselves, such as a lifetime.</summary>
    private protected abstract IEnumerable<object?> Compared { get; }

    /// <summary>Orders by key, and by state where the keys are the same.</summary>
    /// <param name="other">Another one.</param>
    /// <returns>As <see cref="IComparable{T}"/> has it; 0 for equals alone.</returns>
    public int CompareTo(T? other)
    {
        int order = other is null ? 1 : CompareKey(other);
        return order != 0 ? order : string.CompareOrdinal(string.Join('|', Compared), string.Join('|', other!.Compared));
    }

    public bool Equals(T? other) => CompareTo(other) == 0;

    public sealed override bool Equals(object? obj) => Equals(obj as T);

    public sealed override int GetHashCode() => StringComparer.Ordinal.GetHashCode($"{this}");

    int IComparable.CompareTo(object? obj) => CompareTo(obj as T);

    /// <summary>Compares keys; the text of an object is part of its key.</summary>
    private protected abstract int CompareKey(T other);
}
