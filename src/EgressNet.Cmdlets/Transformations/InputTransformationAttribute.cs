using System.Collections;
using EgressNet.Errors;

namespace EgressNet.Transformations;

/// <summary>Converts text or objects to a type of the lower layers. A failure becomes the parameter binder's error, which
/// names the parameter.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal abstract class InputTransformationAttribute : ArgumentTransformationAttribute
{
    /// <summary>Whether the parameter takes a list.</summary>
    public bool IsList { get; set; }

    /// <summary>Whether empty text means no value, as in CSV.</summary>
    public bool TakesEmpty { get; set; }

    /// <summary>Whether an object of the module is refused, since its text is only a part of it.</summary>
    public bool IsText { get; set; }

    /// <summary>The type whose objects are accepted for their text.</summary>
    public Type? Except { get; set; }

    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? input = Unwrapped(inputData);
        try
        {
            return input switch
            {
                IList items when IsList => Array.ConvertAll([.. items.Cast<object?>()], TransformListed),
                IList { Count: 1 } items => TransformItem(items[0])!,
                IList items => throw new FormatException(
                    $"'{string.Join(", ", items.Cast<object?>())}' has {items.Count} values, and the parameter takes one."),
                "" when IsList && TakesEmpty => Array.Empty<object>(),
                string text when IsList => Array.ConvertAll(text.Split(", "), TransformItem),
                _ => TransformItem(input)!,
            };
        }
        catch (Exception fault) when (fault is FormatException or ArgumentException)
        {
            throw new ArgumentTransformationMetadataException(TerminalText.Of(fault.PlainMessage()), fault);
        }
    }

    /// <summary>Transforms one value; a FormatException or ArgumentException tells what is wrong with it.</summary>
    protected abstract object? Convert(object input);

    private object? TransformListed(object? item) =>
        TransformItem(item) ?? throw new FormatException("One of its values is null.");

    private object? TransformItem(object? item)
    {
        object? value = Unwrapped(item);
        if (IsText)
        {
            TextArgumentAttribute.ThrowIfObject(value, Except);
        }

        return value is null ? null : Convert(value);
    }

    // What a custom object is made of is not in its base object.
    private static object? Unwrapped(object? item) =>
        item is PSObject { BaseObject: not PSCustomObject and var inner } ? inner : item;
}
