using System.Collections;
using System.Management.Automation;

namespace EgressNet.Transformations;

/// <summary>Turns what a user types, or an object brings, into one type of the core. What fails is the binder's
/// error,
/// which names the parameter.</summary>
[AttributeUsage(AttributeTargets.Property)]
public abstract class InputTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? input = Unwrapped(inputData);
        try
        {
            // A list that went to another session is no array any more.
            return input is IList items
                ? Array.ConvertAll([.. items.Cast<object?>()], TransformItem)
                : TransformItem(input)!;
        }
        catch (Exception fault) when (fault is FormatException or ArgumentException)
        {
            throw new ArgumentTransformationMetadataException(fault.Message, fault);
        }
    }

    /// <summary>Transforms one value; a FormatException or ArgumentException tells what is wrong with
    /// it.</summary>
    protected abstract object? Convert(object input);

    private object? TransformItem(object? item)
    {
        object? value = Unwrapped(item);
        return value is null ? null : Convert(value);
    }

    // What a custom object is made of is not in its base object.
    private static object? Unwrapped(object? item) =>
        item is PSObject { BaseObject: not PSCustomObject and var inner } ? inner : item;
}
