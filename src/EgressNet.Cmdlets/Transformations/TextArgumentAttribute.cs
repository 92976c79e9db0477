using System.Collections;

namespace EgressNet.Transformations;

/// <summary>Refuses an object of the module, or a copy of one, where text is expected: its text would be looked up in another
/// namespace, and its wildcards would be expanded.</summary>
/// <param name="except">The type that another positional parameter takes, once the binder is past this one.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TextArgumentAttribute(Type? except = null) : ArgumentTransformationAttribute
{
    private static readonly string[] s_copyPrefixes = ["Deserialized.", "Selected."];

    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object?[] items = inputData is PSObject { BaseObject: IList } or IList
            ? [.. ((IList)PSObject.AsPSObject(inputData).BaseObject).Cast<object?>()]
            : [inputData];
        if (except is not null && items.Length > 0 && items.All(item => TypeOf(item) == except.Name))
        {
            return new RefusedText(Reason(items[0], except.Name));
        }

        Array.ForEach(items, item => ThrowIfObject(item));
        return inputData;
    }

    internal static void ThrowIfObject(object? item, Type? except = null)
    {
        if (TypeOf(item) is { } type && type != except?.Name)
        {
            throw new ArgumentTransformationMetadataException(Reason(item, type));
        }
    }

    private static string Reason(object? item, string type) =>
        $"'{TerminalText.Of($"{item}")}' is an object of type {type}, not text: "
            + "specify one of its properties, or pipe it.";

    /// <returns>The type of an object of the module, or of the object that was copied; null for what is neither.</returns>
    internal static string? TypeOf(object? item)
    {
        string? name = item is PSObject { BaseObject: PSCustomObject, TypeNames: [{ } first, ..] }
            ? s_copyPrefixes.Aggregate(first, (rest, prefix) =>
                rest.StartsWith(prefix, StringComparison.Ordinal) ? rest[prefix.Length..] : rest)
            : (item is PSObject wrapped ? wrapped.BaseObject : item)?.GetType() is { } type
                && type.Assembly == typeof(TextArgumentAttribute).Assembly
                ? type.FullName
                : null;
        return name is not null && name.StartsWith("EgressNet.", StringComparison.Ordinal)
            && name.LastIndexOf('.') == "EgressNet".Length
            ? name["EgressNet.".Length..]
            : null;
    }
}
