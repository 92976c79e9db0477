using System.Text.Json;
using EgressNet.Netlink.Inet;

namespace EgressNet.Cni;

/// <summary>The addresses and routes of a CNI ADD result, as an IPAM plugin prints it.</summary>
/// <remarks>Result types of the CNI specification 0.3.0 to 1.1.0 (<c>ips</c>) and 0.1.0 to 0.2.0 (<c>ip4</c>,
/// <c>ip6</c>).</remarks>
/// <param name="Addresses">At least one address, in the result's order.</param>
/// <param name="Routes">The routes, in the result's order.</param>
public sealed record CniResult(IReadOnlyList<CniAddress> Addresses, IReadOnlyList<CniRoute> Routes)
{
    /// <summary>Reads a result.</summary>
    /// <param name="json">The JSON text.</param>
    /// <returns>The result.</returns>
    /// <exception cref="CniFormatException">It is not JSON or not a result; it has no address, an address without
    /// gateway, or an address and gateway of two families.</exception>
    public static CniResult Parse(string json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            return Read(document.RootElement);
        }
        catch (JsonException error)
        {
            throw new CniFormatException($"This is not JSON: {error.Message}", error);
        }
    }

    private static CniResult Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new CniFormatException($"A CNI result is a JSON object, and this is {Describe(root)}.");
        }

        if (root.TryGetProperty("code", out JsonElement code) && root.TryGetProperty("msg", out JsonElement message))
        {
            throw new CniFormatException($"This is a CNI error, not a result: code {code}, '{message}'.");
        }

        List<CniAddress> addresses = [];
        List<CniRoute> routes = [];
        foreach (JsonElement ip in Items(root, "ips"))
        {
            addresses.Add(ReadAddress(ip, $"ips[{addresses.Count}]", "address"));
        }

        foreach (string key in (string[])["ip4", "ip6"])
        {
            if (root.TryGetProperty(key, out JsonElement ip) && ip.ValueKind != JsonValueKind.Null)
            {
                addresses.Add(ReadAddress(ip, key, "ip"));
                routes.AddRange(ReadRoutes(ip, $"{key}.routes"));
            }
        }

        routes.AddRange(ReadRoutes(root, "routes"));
        return addresses.Count > 0
            ? new CniResult(addresses, routes)
            : throw new CniFormatException("This CNI result has no addresses ('ips' is absent or empty).");
    }

    private static CniAddress ReadAddress(JsonElement ip, string where, string key)
    {
        string? text = Text(ip, key, where);
        if (!InetPrefix.TryParse(text, out InetPrefix address))
        {
            throw new CniFormatException($"{where}.{key} is '{text}', not an address with a prefix length.");
        }

        string? gatewayText = Text(ip, "gateway", where);
        if (string.IsNullOrEmpty(gatewayText))
        {
            throw new CniFormatException($"{where}.gateway is missing: {address} has no gateway.");
        }

        if (!InetAddress.TryParse(gatewayText, out InetAddress gateway))
        {
            throw new CniFormatException($"{where}.gateway is '{gatewayText}', not an IP address.");
        }

        return gateway.Family == address.Family
            ? new CniAddress(address, gateway)
            : throw new CniFormatException($"{where} mixes two families: address {address}, gateway {gateway}.");
    }

    private static IEnumerable<CniRoute> ReadRoutes(JsonElement owner, string list)
    {
        int index = 0;
        foreach (JsonElement route in Items(owner, "routes"))
        {
            string where = $"{list}[{index++}]";
            string? text = Text(route, "dst", where);
            if (!InetPrefix.TryParse(text, out InetPrefix destination))
            {
                throw new CniFormatException($"{where}.dst is '{text}', not a prefix.");
            }

            string? gatewayText = Text(route, "gw", where);
            InetAddress gateway = default;
            if (!string.IsNullOrEmpty(gatewayText) && !InetAddress.TryParse(gatewayText, out gateway))
            {
                throw new CniFormatException($"{where}.gw is '{gatewayText}', not an IP address.");
            }

            yield return new CniRoute(destination.Network, gateway);
        }
    }

    private static IEnumerable<JsonElement> Items(JsonElement owner, string key)
    {
        if (!owner.TryGetProperty(key, out JsonElement items) || items.ValueKind == JsonValueKind.Null)
        {
            return [];
        }

        return items.ValueKind == JsonValueKind.Array
            ? items.EnumerateArray()
            : throw new CniFormatException($"'{key}' is not a list but {Describe(items)}.");
    }

    private static string? Text(JsonElement owner, string key, string where)
    {
        if (owner.ValueKind != JsonValueKind.Object)
        {
            throw new CniFormatException($"{where} is not an object but {Describe(owner)}.");
        }

        return !owner.TryGetProperty(key, out JsonElement value) || value.ValueKind == JsonValueKind.Null
            ? null
            : value.ValueKind == JsonValueKind.String
                ? value.GetString()
                : throw new CniFormatException($"{where}.{key} is not text but {Describe(value)}.");
    }

    private static string Describe(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.Null => "null",
        _ => value.GetRawText(),
    };
}
