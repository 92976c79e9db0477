namespace EgressNet.Transformations;

/// <summary>A number or a name of an enumeration, converted by the binder, which would take empty text, and null in a list,
/// for 0.</summary>
internal sealed class ValueTransformationAttribute : InputTransformationAttribute
{
    protected override object? Convert(object input) =>
        input is "" && !TakesEmpty ? throw new FormatException("It is empty.") : input;
}
