using System.Collections;
using System.Globalization;
using EgressNet.Netlink.Inet;

namespace EgressNet;

/// <summary>The properties of a copy, each of which may have become text.</summary>
internal sealed class PropertyBag(PSObject copy)
{
    public bool Has(params string[] names) => names.All(name => copy.Properties[name] is not null);

    /// <returns>Null for nothing, which CSV writes as an empty text.</returns>
    public string? Text(string name) =>
        System.Convert.ToString(Value(name), CultureInfo.InvariantCulture) is { Length: > 0 } text ? text : null;

    public T Number<T>(string name, T missing = default)
        where T : struct, IParsable<T> =>
        Text(name) is { } text ? T.Parse(text, CultureInfo.InvariantCulture) : missing;

    public T Name<T>(string name)
        where T : struct, Enum =>
        Enum.TryParse(Text(name), out T value)
            ? value
            : throw new FormatException($"{name} '{Text(name)}' is not one of {typeof(T).Name}.");

    public InetAddress Address(string name) => Text(name) is { } text ? InetAddress.Parse(text) : default;

    /// <returns>The items, which CSV writes as one text.</returns>
    public IEnumerable<object?> List(string name) => Value(name) is IEnumerable items and not string
        ? items.Cast<object?>()
        : Text(name)?.Split(", ") ?? [];

    private object? Value(string name) => copy.Properties[name]?.Value is PSObject { BaseObject: not PSCustomObject } wrapped
        ? wrapped.BaseObject
        : copy.Properties[name]?.Value;
}
