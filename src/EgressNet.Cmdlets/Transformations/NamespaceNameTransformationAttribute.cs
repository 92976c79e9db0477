namespace EgressNet.Transformations;

/// <summary>A name as text. A number or a hash table has a text too, which nobody meant as a name; what has a property
/// Name is left to the binder.</summary>
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
