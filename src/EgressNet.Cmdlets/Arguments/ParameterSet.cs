namespace EgressNet.Arguments;

internal static class ParameterSet
{
    public const string ByInterface = nameof(ByInterface);
    public const string ByInputObject = nameof(ByInputObject);
    public const string ByName = nameof(ByName);
    public const string ByPath = nameof(ByPath);
    public const string OnParent = nameof(OnParent);
    public const string Pair = nameof(Pair);
    public const string Simple = nameof(Simple);
    public const string Vlan = nameof(Vlan);
    public const string Vrf = nameof(Vrf);
    public const string Vxlan = nameof(Vxlan);
}
