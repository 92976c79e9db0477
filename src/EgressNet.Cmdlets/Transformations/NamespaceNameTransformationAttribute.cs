namespace EgressNet.Transformations;

/// <summary>Accepts a name as text, or an object with the property Name. The text of a number or a hash table is not a
/// name.</summary>
internal sealed class NamespaceNameTransformationAttribute : InputTransformationAttribute
{
    protected override object? Convert(object input)
    {
        NamespaceArgumentTransformationAttribute.ThrowIfOther(input);
        return input is string || PSObject.AsPSObject(input).Properties["Name"] is not null
            ? input
            : throw new FormatException($"'{input}' is of type {input.GetType().Name}, and a name is text.");
    }
}
