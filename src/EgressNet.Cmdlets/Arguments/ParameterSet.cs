namespace EgressNet.Arguments;

internal static class ParameterSet
{
    public const string ByInterface = nameof(ByInterface);
    public const string ByInputObject = nameof(ByInputObject);
    public const string ByName = nameof(ByName);
    public const string ByPath = nameof(ByPath);
}
