using EgressNet.Netlink.Netfilter;

namespace EgressNet.Nat;

/// <summary>One field of a key that is looked up.</summary>
/// <param name="Load">What is known of it.</param>
/// <param name="Length">How many bytes it has; null where that is not known.</param>
internal sealed record ForwardField(ForwardLoad Load, int? Length);

/// <summary>A set or a map that a rule looks up.</summary>
internal sealed class ForwardSet
{
    private readonly Range[] _ranges;
    private readonly NfElement? _otherwise;
    private readonly Dictionary<NfValue, Range>? _single;

    public ForwardSet(NfSet set, IReadOnlyList<NfElement> elements)
    {
        _otherwise = elements.FirstOrDefault(element => element.IsCatchAll);
        NfElement[] keyed = [.. elements.Where(element => !element.IsCatchAll && !element.Key.IsNone)];
        _ranges = set.Flags.HasFlag(NfSetFlags.Interval) && keyed.All(element => element.KeyEnd.IsNone)
            ? [.. Between(keyed)]
            : [.. keyed.Select(element => new Range(
                element.Key.ToArray(), (element.KeyEnd.IsNone ? element.Key : element.KeyEnd).ToArray(), element))];
        if (_ranges.All(range => range.First.AsSpan().SequenceEqual(range.Last)))
        {
            _single = _ranges.DistinctBy(range => range.Element.Key).ToDictionary(range => range.Element.Key);
        }
    }

    /// <summary>Whether it contains a key.</summary>
    public ForwardMatch Has(IReadOnlyList<ForwardField> key, ForwardPacket packet) =>
        Find(key, packet).Select(found => found.Match).Append(ForwardMatch.None).Max();

    /// <summary>The elements that a key may match, and how far.</summary>
    public IEnumerable<(ForwardMatch Match, NfElement Element)> Find(IReadOnlyList<ForwardField> key, ForwardPacket packet)
    {
        ForwardMatch most = ForwardMatch.None;
        foreach (Range range in Candidates(key))
        {
            ForwardMatch match = MatchOf(range, key, packet);
            most = match > most ? match : most;
            if (match != ForwardMatch.None)
            {
                yield return (match, range.Element);
            }
        }

        // What is in it in part leaves the rest to this one.
        if (_otherwise is not null && most != ForwardMatch.All)
        {
            yield return (most == ForwardMatch.Unknown ? most : ForwardMatch.All, _otherwise);
        }
    }

    // All of it is gone through only where something of the key is not known, or its fields have ranges.
    private IEnumerable<Range> Candidates(IReadOnlyList<ForwardField> key)
    {
        if (key.Any(field => field.Load.Value is null))
        {
            return _ranges;
        }

        if (_single is not null)
        {
            NfValue whole = NfValue.FromBytes(
                [.. key.SelectMany(field => key.Count > 1 ? Padded(field.Load.Value!) : field.Load.Value!)]);
            return _single.TryGetValue(whole, out Range? only) ? [only] : [];
        }

        return key.Count > 1 ? _ranges : Before(key[0].Load.Value!);
    }

    private static byte[] Padded(byte[] field) => [.. field, .. new byte[-field.Length & (sizeof(uint) - 1)]];

    private IEnumerable<Range> Before(byte[] value)
    {
        int from = 0, to = _ranges.Length;
        while (from < to)
        {
            int middle = (from + to) / 2;
            (from, to) = _ranges[middle].First.AsSpan().SequenceCompareTo(value) <= 0 ? (middle + 1, to) : (from, middle);
        }

        return from > 0 ? [_ranges[from - 1]] : [];
    }

    // A range of single fields reaches to where the next element begins, be that the mark of an end or another range.
    private static IEnumerable<Range> Between(NfElement[] elements)
    {
        (byte[] Key, NfElement Element)[] all =
        [
            .. elements.Select(element => (Key: element.Key.ToArray(), element))
                .OrderBy(each => each.Key, Comparer<byte[]>.Create((x, y) => x.AsSpan().SequenceCompareTo(y))),
        ];
        for (int at = 0; at < all.Length; at++)
        {
            int next = at + 1;
            while (next < all.Length && all[next].Key.AsSpan().SequenceEqual(all[at].Key))
            {
                next++;
            }

            if (!all[at].Element.IsIntervalEnd)
            {
                byte[] last = next < all.Length ? Less(all[next].Key) : [.. Enumerable.Repeat((byte)0xff, all[at].Key.Length)];
                yield return new Range(all[at].Key, last, all[at].Element);
            }
        }
    }

    private static byte[] Less(byte[] key)
    {
        byte[] less = [.. key];
        for (int at = less.Length - 1; at >= 0 && less[at]-- == 0; at--)
        {
        }

        return less;
    }

    private static ForwardMatch MatchOf(Range range, IReadOnlyList<ForwardField> key, ForwardPacket packet)
    {
        ForwardMatch match = range.Element.HasMore ? ForwardMatch.Unknown : ForwardMatch.All;
        int at = 0;
        foreach (ForwardField field in key)
        {
            if ((key.Count > 1 ? field.Length : range.First.Length) is not { } length || at + length > range.First.Length)
            {
                return ForwardMatch.Unknown;
            }

            ForwardMatch part = MatchOf(
                range.First.AsSpan(at, length), range.Last.AsSpan(at, length), field.Load, packet);
            match = part < match ? part : match;
            at += (length + sizeof(uint) - 1) & -sizeof(uint);
        }

        return match;
    }

    private static ForwardMatch MatchOf(
        ReadOnlySpan<byte> first, ReadOnlySpan<byte> last, ForwardLoad load, ForwardPacket packet)
    {
        bool isAny = first.IndexOfAnyExcept((byte)0) < 0 && last.IndexOfAnyExcept((byte)0xff) < 0;
        return isAny ? ForwardMatch.All
            : load.Value is { } value
                ? value.Length != first.Length ? ForwardMatch.Unknown
                    : first.SequenceCompareTo(value) <= 0 && last.SequenceCompareTo(value) >= 0 ? ForwardMatch.All
                    : ForwardMatch.None
            : load.IsName && first.SequenceEqual(last) ? packet.Named(first.ToArray())
            : load.Otherwise;
    }

    private sealed record Range(byte[] First, byte[] Last, NfElement Element);
}
