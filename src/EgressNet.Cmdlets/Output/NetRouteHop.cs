using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Routes;

namespace EgressNet;

/// <summary>One of several next hops of a multipath route.</summary>
public sealed class NetRouteHop
{
    internal NetRouteHop(NextHop hop, string interfaceAlias = "", string? netNamespace = null)
    {
        Hop = hop;
        InterfaceAlias = interfaceAlias;
        NetNamespace = netNamespace;
    }

    /// <summary>The gateway; empty for a hop that is a link alone.</summary>
    public string Gateway => Hop.Gateway.ToString();

    /// <summary>The outgoing interface's index.</summary>
    public int InterfaceIndex => Hop.InterfaceIndex;

    /// <summary>The outgoing interface's name; empty where it is not known.</summary>
    public string InterfaceAlias { get; }

    /// <summary>Its share of traffic, 1 to 256.</summary>
    public int Weight => Hop.Weight;

    /// <summary>State flags.</summary>
    public string Flags => Hop.Flags.ToString();

    /// <summary>The namespace it is in, by name or path; null for the caller's own.</summary>
    public string? NetNamespace { get; }

    internal NextHop Hop { get; }

    /// <summary>The hop in the syntax of <c>ip route</c>.</summary>
    /// <returns>Such as <c>via 192.0.2.1 dev 3 weight 1</c>.</returns>
    public override string ToString() =>
        $"{(Gateway.Length == 0 ? "" : $"via {Gateway} ")}dev {InterfaceIndex} weight {Weight}"
        + (Hop.Flags.HasFlag(RouteFlags.OnLink) ? " onlink" : "");

    /// <summary>Parses the text of <see cref="ToString"/>.</summary>
    internal static NextHop Parse(string text)
    {
        string[] words = text.Split(' ');
        string After(string word) => words.SkipWhile(each => each != word).ElementAtOrDefault(1) ?? "";
        NextHop hop = new()
        {
            Gateway = words.Contains("via") ? InetAddress.Parse(After("via")) : default,
            InterfaceIndex = int.TryParse(After("dev"), out int index) ? index : 0,
            Weight = int.TryParse(After("weight"), out int weight) ? weight : 0,
            Flags = words.Contains("onlink") ? RouteFlags.OnLink : RouteFlags.None,
        };

        // JSON cut at its depth joins several hops by blanks, of which the first alone would be read.
        return new NetRouteHop(hop).ToString() == text
            ? hop
            : throw new FormatException($"'{text}' is not one next hop such as 'via 192.0.2.1 dev 3 weight 1'.");
    }
}
