using System.Management.Automation;
using System.Reflection;

namespace EgressNet.Cmdlets.Tests.Conventions;

internal sealed class Command(Type type)
{
    public Type Type { get; } = type;

    public CmdletAttribute Attribute { get; } = type.GetCustomAttribute<CmdletAttribute>()!;

    public string Name => $"{Attribute.VerbName}-{Attribute.NounName}";

    public string Verb => Attribute.VerbName;

    public bool ChangesState => Verb is "New" or "Set" or "Remove" or "Rename" or "Enable" or "Disable" or "Add"
        or "Restart" or "Repair";

    public IReadOnlyList<Type> Outputs { get; } =
        [.. type.GetCustomAttributes<OutputTypeAttribute>().SelectMany(output => output.Type).Select(t => t.Type)];

    public IReadOnlyList<CommandParameter> Parameters { get; } =
    [
        .. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.IsDefined(typeof(ParameterAttribute), inherit: true))
            .Select(property => new CommandParameter(property)),
    ];

    /// <summary>The names of its parameter sets; one of no name where it has a single one.</summary>
    public IReadOnlyList<string> Sets
    {
        get
        {
            string[] named =
            [
                .. Parameters.SelectMany(parameter => parameter.Uses)
                    .Select(use => use.ParameterSetName)
                    .Where(set => set != ParameterAttribute.AllParameterSets)
                    .Distinct(),
            ];
            return named.Length > 0 ? named : [ParameterAttribute.AllParameterSets];
        }
    }

    public override string ToString() => Name;
}

internal sealed class CommandParameter(PropertyInfo property)
{
    public PropertyInfo Property { get; } = property;

    public string Name => Property.Name;

    public Type Type => Property.PropertyType;

    /// <summary>The type of one value, arrays and nullable taken away.</summary>
    public Type Element
    {
        get
        {
            Type type = Type.IsArray ? Type.GetElementType()! : Type;
            return Nullable.GetUnderlyingType(type) ?? type;
        }
    }

    public bool IsSwitch => Type == typeof(SwitchParameter);

    public bool IsWildcard => Has<SupportsWildcardsAttribute>();

    public IReadOnlyList<ParameterAttribute> Uses { get; } =
        [.. property.GetCustomAttributes<ParameterAttribute>(inherit: false)];

    public IEnumerable<string> Names =>
        [Name, .. Property.GetCustomAttribute<AliasAttribute>(inherit: true)?.AliasNames ?? []];

    public bool TakesObjects => Uses.Any(use => use.ValueFromPipeline);

    public bool TakesProperties => Uses.Any(use => use.ValueFromPipelineByPropertyName);

    public IEnumerable<ParameterAttribute> In(string set) => Uses.Where(use =>
        use.ParameterSetName == set || use.ParameterSetName == ParameterAttribute.AllParameterSets);

    public bool Has<T>() where T : Attribute => Property.IsDefined(typeof(T), inherit: true);
}
