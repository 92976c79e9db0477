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
        object? input = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        try
        {
            return input is object[] items ? Array.ConvertAll(items, TransformItem) : TransformItem(input)!;
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
        object? value = item is PSObject wrapped ? wrapped.BaseObject : item;
        return value is null ? null : Convert(value);
    }
}
