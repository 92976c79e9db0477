using System.Globalization;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Routes;

namespace EgressNet.Attachments;

/// <summary>A route in the container, beside those that its addresses need anyway.</summary>
/// <param name="Destination">Where it leads to, without host bits.</param>
/// <param name="Gateway">Its gateway, which is that of one of the addresses or reached through it; none for an on-link
/// route, and where it is not known yet.</param>
public sealed record AttachmentRoute(InetPrefix Destination, InetAddress Gateway)
{
    /// <summary>The largest path MTU in bytes; the kernel silently reduces larger ones to it (fib_metrics.c).</summary>
    public const uint MaxMtu = 65535 - 15;

    /// <summary>The largest advertised segment size in bytes, likewise.</summary>
    public const uint MaxAdvertisedMss = 65535 - 40;

    /// <summary>The priority; the lowest wins. IPv6 uses 1024 instead of 0.</summary>
    public uint Metric { get; init; }

    /// <summary>The routing table, 1 to 4294967295. Default <see cref="RouteTable.Main"/>.</summary>
    public uint Table { get; init; } = RouteTable.Main;

    /// <summary>How far the destination is; IPv4 only.</summary>
    public RouteScope Scope { get; init; }

    /// <summary>The path MTU in bytes; null where it sets none.</summary>
    public uint? Mtu { get; init; }

    /// <summary>The advertised maximum segment size in bytes; null where it sets none.</summary>
    public uint? AdvertisedMss { get; init; }

    /// <summary>Whether its destination is on the link, by its scope.</summary>
    public bool IsOnLink => Scope >= RouteScope.Link;

    /// <summary>The route as rtnetlink takes it, without its interface.</summary>
    public Route ToRoute() => new()
    {
        Destination = Destination,
        Gateway = Gateway,
        Metric = Metric,
        Table = Table,
        Scope = Scope,
        Metrics = Mtu is null && AdvertisedMss is null
            ? null
            : new RouteMetrics { [RouteMetric.Mtu] = Mtu, [RouteMetric.AdvertisedMss] = AdvertisedMss },
    };

    /// <summary>Converts a route as read, without its interface.</summary>
    /// <returns>The same route of an attachment.</returns>
    /// <exception cref="FormatException">It has what a route of an attachment cannot have.</exception>
    public static AttachmentRoute FromRoute(Route route)
    {
        AttachmentRoute made = new(route.Destination, route.Gateway)
        {
            Metric = route.Metric,
            Table = route.Table,
            Scope = route.Scope,
            Mtu = route.Metrics?[RouteMetric.Mtu],
            AdvertisedMss = route.Metrics?[RouteMetric.AdvertisedMss],
        };
        Route same = made.ToRoute() with
        {
            InterfaceIndex = route.InterfaceIndex,
            Protocol = route.Protocol,
            Flags = route.Flags,
            Preference = route.Preference,
        };
        return same == route
            ? made
            : throw new FormatException(
                $"Route '{route}' has more than gateway, metric, table, scope, MTU and advertised MSS.");
    }

    /// <summary>Parses a route in the syntax of <c>ip route</c>.</summary>
    /// <param name="text">Such as <c>10.0.0.0/8 via 10.1.1.1 metric 5 table 100 scope link mtu 1400 advmss 1360</c>; a
    /// single address stands for its /32 or /128.</param>
    /// <exception cref="FormatException">It is none.</exception>
    public static AttachmentRoute Parse(string text)
    {
        string[] words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        InetPrefix destination = words switch
        {
            [] => throw new FormatException($"'{text}' is not a route."),
            [string first, ..] when InetAddress.TryParse(first, out InetAddress address) => InetPrefix.Host(address),
            _ => InetPrefix.Parse(words[0]),
        };
        if (destination.HasHostBits)
        {
            throw new FormatException($"'{text}' has host bits set; the network is {destination.Network}.");
        }

        AttachmentRoute route = new(destination, default);
        HashSet<string> seen = [];
        for (int i = 1; i < words.Length; i += 2)
        {
            if (i + 1 == words.Length || !seen.Add(words[i]))
            {
                throw new FormatException($"'{text}' is not a route: '{words[i]}' has no value, or two.");
            }

            route = route.With(words[i], words[i + 1], text);
        }

        return route;
    }

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Destination, Gateway, Metric, Table);

    /// <summary>The route in the syntax of <c>ip route</c>.</summary>
    /// <returns>Such as <c>10.0.0.0/8 via 10.1.1.1</c>.</returns>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Destination}{(Gateway.IsNone ? "" : $" via {Gateway}")}{(Metric == 0 ? "" : $" metric {Metric}")}"
        + $"{(Table == RouteTable.Main ? "" : $" table {Table}")}{(Scope == 0 ? "" : $" scope {Scope}".ToLowerInvariant())}"
        + $"{(Mtu is null ? "" : $" mtu {Mtu}")}{(AdvertisedMss is null ? "" : $" advmss {AdvertisedMss}")}");

    private AttachmentRoute With(string key, string value, string text) => key switch
    {
        "via" => this with { Gateway = InetAddress.Parse(value) },
        "metric" => this with { Metric = Number(key, value, text) },
        "table" => this with { Table = Number(key, value, text) },
        "mtu" => this with { Mtu = Number(key, value, text) },
        "advmss" => this with { AdvertisedMss = Number(key, value, text) },
        "scope" when Enum.TryParse(value, ignoreCase: true, out RouteScope scope) => this with { Scope = scope },
        _ => throw Unknown(key, value, text),
    };

    private static uint Number(string key, string value, string text) =>
        uint.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out uint number)
            ? number
            : throw Unknown(key, value, text);

    private static FormatException Unknown(string key, string value, string text) =>
        new($"'{text}' is not a route: '{key} {value}' is not known.");
}
