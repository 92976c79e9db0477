using EgressNet.Netlink.Inet;

namespace EgressNet.Transformations;

/// <summary>An address as given to a parameter.</summary>
/// <param name="PrefixLength">The prefix length written behind it; null where none was.</param>
public sealed record IPAddressText(InetAddress Address, byte? PrefixLength)
{
    /// <summary>The address, with its prefix length if given.</summary>
    /// <returns>Such as <c>192.0.2.5/24</c>.</returns>
    public override string ToString() => PrefixLength is { } length ? $"{Address}/{length}" : Address.ToString();
}
