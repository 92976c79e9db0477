namespace EgressNet.Netlink.Transport;

/// <summary>Merges several readings of a dump, each of which was interrupted by a change (NLM_F_DUMP_INTR). A change makes
/// the kernel skip an entry next to it, and rarely the same one twice.</summary>
/// <param name="key">What tells one entry from another.</param>
internal sealed class InterruptedDump<T>(Func<T, object> key)
{
    private const int MinReadings = 3;
    private OrderedDictionary<object, T> _before = [];
    private OrderedDictionary<object, T> _last = [];
    private int _readings;

    /// <summary>Whether the last readings have no gap that shows: no entry went missing and came back.</summary>
    public bool IsSettled { get; private set; }

    public void Add(List<T> reading)
    {
        OrderedDictionary<object, T> now = new(reading.Count);
        foreach (T entry in reading)
        {
            now[key(entry)] = entry;
        }

        bool hadGap = now.Keys.Any(each => !_last.ContainsKey(each) && _before.ContainsKey(each));
        IsSettled = ++_readings >= MinReadings && !hadGap;
        (_before, _last) = (_last, now);
    }

    /// <summary>The last reading, with the additional entries of the one before at their places.</summary>
    public List<T> Merge()
    {
        List<T> merged = new(_last.Count);
        int next = 0;
        foreach ((object each, T entry) in _before)
        {
            int at = _last.IndexOf(each);
            if (at < 0)
            {
                merged.Add(entry);
            }

            for (; next <= at; next++)
            {
                merged.Add(_last.GetAt(next).Value);
            }
        }

        merged.AddRange(_last.Values.Skip(next));
        return merged;
    }
}
