using System.Text.Json;

namespace EgressNet.Cni;

/// <summary>Typed access to the values of a CNI result; an error names the key and the value.</summary>
internal static class CniJson
{
    private static readonly JsonDocumentOptions s_options = new() { AllowDuplicateProperties = false };

    public static T Read<T>(string json, Func<JsonElement, T> read)
    {
        try
        {
            // A parser may pass over a byte order mark (RFC 8259, section 8.1).
            using JsonDocument document = JsonDocument.Parse(json.AsMemory(json.StartsWith('\uFEFF') ? 1 : 0), s_options);
            return read(document.RootElement);
        }
        catch (JsonException fault)
        {
            throw new CniFormatException($"This is not JSON: {fault.Message}", fault);
        }
        catch (Exception fault) when (fault is InvalidOperationException or ArgumentException)
        {
            // What JsonElement and JsonDocument throw for half a surrogate pair.
            throw new CniFormatException("This is not JSON: a text in it is not valid Unicode.", fault);
        }
    }

    /// <summary>Throws for a key that is not supported.</summary>
    public static void ThrowIfUnknown(JsonElement owner, string where, params ReadOnlySpan<string> known)
    {
        ThrowIfNotObject(owner, where);
        foreach (JsonProperty property in owner.EnumerateObject())
        {
            if (!known.Contains(property.Name))
            {
                throw new CniFormatException($"{where}.{property.Name} is unknown and cannot be applied.");
            }
        }
    }

    public static bool Has(JsonElement owner, string key, out JsonElement value) =>
        owner.TryGetProperty(key, out value) && value.ValueKind != JsonValueKind.Null;

    public static IEnumerable<JsonElement> Items(JsonElement owner, string key) =>
        !Has(owner, key, out JsonElement items) ? []
        : items.ValueKind == JsonValueKind.Array ? items.EnumerateArray()
        : throw new CniFormatException($"'{key}' is not a list but {Describe(items)}.");

    public static string? Text(JsonElement owner, string key, string where)
    {
        ThrowIfNotObject(owner, where);
        return !Has(owner, key, out JsonElement value) ? null
            : value.ValueKind == JsonValueKind.String ? value.GetString()
            : throw new CniFormatException($"{where}.{key} is not text but {Describe(value)}.");
    }

    public static uint? Number(JsonElement owner, string key, string where, uint min, uint max) =>
        !Has(owner, key, out JsonElement value) ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetUInt32(out uint number) && number >= min && number <= max
            ? number
        : throw new CniFormatException($"{where}.{key} is {Describe(value)}, not a number from {min} to {max}.");

    public static string Describe(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.Null => "null",
        _ => value.GetRawText(),
    };

    private static void ThrowIfNotObject(JsonElement owner, string where)
    {
        if (owner.ValueKind != JsonValueKind.Object)
        {
            throw new CniFormatException($"{where} is not an object but {Describe(owner)}.");
        }
    }
}
