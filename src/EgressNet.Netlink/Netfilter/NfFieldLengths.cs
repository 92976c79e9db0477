using System.Collections;

namespace EgressNet.Netlink.Netfilter;

/// <summary>How long the fields of a key are: equal where they are the same, as a record's property should be.</summary>
internal sealed class NfFieldLengths(IEnumerable<uint> lengths) : IReadOnlyList<uint>, IEquatable<NfFieldLengths>
{
    private readonly uint[] _lengths = [.. lengths];

    public int Count => _lengths.Length;

    public uint this[int index] => _lengths[index];

    public IEnumerator<uint> GetEnumerator() => _lengths.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public bool Equals(NfFieldLengths? other) => other is not null && _lengths.AsSpan().SequenceEqual(other._lengths);

    public override bool Equals(object? obj) => Equals(obj as NfFieldLengths);

    public override int GetHashCode() => HashCode.Combine(_lengths.Length, _lengths.FirstOrDefault());

    public override string ToString() => string.Join(" . ", _lengths);
}
