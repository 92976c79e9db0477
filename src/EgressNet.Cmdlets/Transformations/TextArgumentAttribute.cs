using System.Collections;
using System.Management.Automation;

namespace EgressNet.Transformations;

/// <summary>Refuses an object of the module for a text: its text would be looked for elsewhere, and its wildcards
/// would count.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class TextArgumentAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? given = BaseOf(inputData);
        foreach (object? item in given as IList ?? new[] { given })
        {
            ThrowIfObject(BaseOf(item));
        }

        return inputData;
    }

    internal static void ThrowIfObject(object? item)
    {
        if (item?.GetType() is { } type && type.Assembly == typeof(TextArgumentAttribute).Assembly && type.Namespace == nameof(EgressNet))
        {
            throw new ArgumentTransformationMetadataException(
                $"'{TerminalText.Of($"{item}")}' is an object of type {type.Name}, and not a text: pipe it.");
        }
    }

    private static object? BaseOf(object? item) => item is PSObject wrapped ? wrapped.BaseObject : item;
}
