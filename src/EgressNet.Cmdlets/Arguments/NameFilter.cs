using EgressNet.Netlink.Inet;

namespace EgressNet.Arguments;

/// <summary>A filter of texts, some of them perhaps wildcards. A literal that matched nothing is an error, a wildcard that
/// matched nothing is not.</summary>
internal sealed class NameFilter
{
    private readonly List<(string Text, WildcardPattern? Pattern)> _terms = [];
    private readonly HashSet<string> _unmatched = new(StringComparer.Ordinal);
    private readonly StringComparison _comparison;

    public NameFilter(IEnumerable<string>? texts, bool ignoreCase = false)
    {
        _comparison = ignoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        WildcardOptions options = ignoreCase ? WildcardOptions.IgnoreCase : WildcardOptions.None;
        foreach (string text in texts ?? [])
        {
            if (WildcardPattern.ContainsWildcardCharacters(text))
            {
                _terms.Add((text, WildcardPattern.Get(text, options)));
            }
            else
            {
                string literal = WildcardPattern.Unescape(text);
                _terms.Add((literal, null));
                _unmatched.Add(literal);
            }
        }
    }

    /// <summary>A filter of addresses, however they are written.</summary>
    public static NameFilter OfAddresses(IEnumerable<string>? texts) => new(texts?.Select(CanonicalAddress), ignoreCase: true);

    public bool IsEmpty => _terms.Count == 0;

    public bool HasWildcard => _terms.Any(term => term.Pattern is not null);

    /// <summary>The literals that nothing has matched so far.</summary>
    public IEnumerable<string> Unmatched => _unmatched;

    private static string CanonicalAddress(string text) =>
        InetAddress.TryParse(text, out InetAddress address) ? address.ToString() : text;

    /// <returns>True for a text that one of the terms matches, and for any where there are no terms.</returns>
    public bool Matches(string text)
    {
        bool matched = IsEmpty;
        foreach ((string term, WildcardPattern? pattern) in _terms)
        {
            if (pattern?.IsMatch(text) ?? string.Equals(term, text, _comparison))
            {
                _unmatched.Remove(term);
                matched = true;
            }
        }

        return matched;
    }
}
