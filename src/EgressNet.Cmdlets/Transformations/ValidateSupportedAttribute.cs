
namespace EgressNet.Transformations;

/// <summary>Refuses the words of Windows that have no meaning on Linux, and says why.</summary>
/// <param name="only">What is taken.</param>
/// <param name="reason">Why the others are not.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ValidateSupportedAttribute(object only, string reason) : ValidateEnumeratedArgumentsAttribute
{
    protected override void ValidateElement(object element)
    {
        if (!only.Equals(element is PSObject wrapped ? wrapped.BaseObject : element))
        {
            throw new ValidationMetadataException($"'{element}' is not taken, only '{only}': {reason}");
        }
    }
}
