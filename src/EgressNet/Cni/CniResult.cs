using System.Text.Json;
using EgressNet.Attachments;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Routes;

namespace EgressNet.Cni;

/// <summary>The addresses and routes of a CNI ADD result, as printed by an IPAM plugin or as prevResult in a chained plugin's
/// configuration.</summary>
/// <remarks>Result types of the CNI specification 0.3.0 to 1.1.0 (<c>ips</c>) and 0.1.0 to 0.2.0 (<c>ip4</c>, <c>ip6</c>).
/// What is meant for the runtime (<c>dns</c>, and the MAC and MTU of <c>interfaces</c>) is not read.</remarks>
/// <param name="Addresses">At least one address, in the result's order.</param>
/// <param name="Routes">The routes, in the result's order; one without gateway is via that of its family's first address
/// or, with a scope of the link, on-link.</param>
public sealed record CniResult(IReadOnlyList<CniAddress> Addresses, IReadOnlyList<AttachmentRoute> Routes)
{
    /// <summary>Reads a result.</summary>
    /// <param name="json">The JSON text: a result, or a configuration with <c>prevResult</c>.</param>
    /// <exception cref="CniFormatException">It is not JSON or not a result; it has no address, an address and gateway of
    /// two families, or a key or value that cannot be applied.</exception>
    public static CniResult Parse(string json) => CniJson.Read(json, Read);

    /// <summary>The default gateway of a family's routes that name none.</summary>
    /// <returns>That of the first address that has one; none where none has.</returns>
    public InetAddress GatewayOf(AddressFamily family) => Addresses
        .Select(each => each.Gateway).FirstOrDefault(gateway => gateway.Family == family && !gateway.IsNone);

    private static CniResult Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new CniFormatException($"A CNI result is a JSON object, and this is {CniJson.Describe(root)}.");
        }

        if (root.TryGetProperty("prevResult", out JsonElement before) && before.ValueKind == JsonValueKind.Object)
        {
            root = before;
        }

        if (root.TryGetProperty("code", out JsonElement code) && root.TryGetProperty("msg", out JsonElement message))
        {
            string details = CniJson.Has(root, "details", out JsonElement more) ? $" ({more})" : "";
            throw new CniFormatException($"This is a CNI error, not a result: code {code}, '{message}'{details}.");
        }

        string?[] sandboxes = [.. CniJson.Items(root, "interfaces").Select((each, place) =>
            CniJson.Text(each, "sandbox", $"interfaces[{place}]"))];
        List<CniAddress> addresses = [];
        List<AttachmentRoute> routes = [];
        foreach (JsonElement ip in CniJson.Items(root, "ips"))
        {
            string where = $"ips[{addresses.Count}]";
            CniJson.ThrowIfUnknown(ip, where, "address", "gateway", "interface", "version");
            addresses.Add(ReadAddress(ip, where, "address") with { Sandbox = SandboxOf(ip, where, sandboxes) });
        }

        foreach (string key in (string[])["ip4", "ip6"])
        {
            if (CniJson.Has(root, key, out JsonElement ip))
            {
                CniJson.ThrowIfUnknown(ip, key, "ip", "gateway", "routes");
                addresses.Add(ReadAddress(ip, key, "ip"));
                routes.AddRange(ReadRoutes(ip, $"{key}.routes"));
            }
        }

        routes.AddRange(ReadRoutes(root, "routes"));
        if (addresses.Count == 0)
        {
            throw new CniFormatException("This CNI result has no addresses ('ips' is absent or empty).");
        }

        AttachmentRoute? stray = routes.Find(
            route => !addresses.Exists(each => each.Address.Family == route.Destination.Family));
        return stray is null
            ? new CniResult(addresses, routes)
            : throw new CniFormatException($"routes: '{stray}' is {stray.Destination.Family}, and no address is.");
    }

    private static CniAddress ReadAddress(JsonElement ip, string where, string key)
    {
        string? text = CniJson.Text(ip, key, where);
        if (!InetPrefix.TryParse(text, out InetPrefix address))
        {
            throw new CniFormatException($"{where}.{key} is '{text}', not an address with a prefix length.");
        }

        InetAddress gateway = ReadGateway(ip, "gateway", where);
        return gateway.IsNone || gateway.Family == address.Family
            ? new CniAddress(address, gateway)
            : throw new CniFormatException($"{where} mixes two families: address {address}, gateway {gateway}.");
    }

    private static string? SandboxOf(JsonElement ip, string where, string?[] sandboxes)
    {
        uint? place = CniJson.Number(ip, "interface", where, 0, int.MaxValue);
        return place is null ? null
            : place < sandboxes.Length ? sandboxes[(int)place] is { Length: > 0 } sandbox ? sandbox : null
            : throw new CniFormatException($"{where}.interface is {place}, and there are {sandboxes.Length} interfaces.");
    }

    private static IEnumerable<AttachmentRoute> ReadRoutes(JsonElement owner, string list) =>
        CniJson.Items(owner, "routes").Select((route, place) => ReadRoute(route, $"{list}[{place}]"));

    private static AttachmentRoute ReadRoute(JsonElement route, string where)
    {
        CniJson.ThrowIfUnknown(route, where, "dst", "gw", "mtu", "advmss", "priority", "table", "scope");
        string? text = CniJson.Text(route, "dst", where);
        if (!InetPrefix.TryParse(text, out InetPrefix destination))
        {
            throw new CniFormatException($"{where}.dst is '{text}', not a prefix.");
        }

        AttachmentRoute read = new(destination.Network, ReadGateway(route, "gw", where))
        {
            Metric = CniJson.Number(route, "priority", where, 0, uint.MaxValue) ?? 0,
            Table = CniJson.Number(route, "table", where, 1, uint.MaxValue) ?? RouteTable.Main,
            Scope = (RouteScope)(CniJson.Number(route, "scope", where, 0, (uint)RouteScope.Host) ?? 0),
            Mtu = Set(CniJson.Number(route, "mtu", where, 0, AttachmentRoute.MaxMtu)),
            AdvertisedMss = Set(CniJson.Number(route, "advmss", where, 0, AttachmentRoute.MaxAdvertisedMss)),
        };
        return read is { IsOnLink: true, Gateway.IsNone: false }
            ? throw new CniFormatException($"{where}.gw is '{read.Gateway}', and scope {(byte)read.Scope} has no gateway.")
            : read;
    }

    private static uint? Set(uint? value) => value == 0 ? null : value;

    private static InetAddress ReadGateway(JsonElement owner, string key, string where)
    {
        string? text = CniJson.Text(owner, key, where);
        return string.IsNullOrEmpty(text) ? default
            : InetAddress.TryParse(text, out InetAddress gateway) ? gateway
            : throw new CniFormatException($"{where}.{key} is '{text}', not an IP address.");
    }
}
