using System.Management.Automation;
using System.Reflection;
using System.Xml.Linq;
using EgressNet.Commands;

namespace EgressNet.Cmdlets.Tests.Conventions;

/// <summary>What the module shows to its users: cmdlets, parameters, outputs, and the files beside the assembly.</summary>
internal static class Surface
{
    public static Assembly Assembly { get; } = typeof(GetNetRouteCommand).Assembly;

    public static IReadOnlyList<Command> Commands { get; } =
    [
        .. Assembly.GetTypes()
            .Where(type => type.IsDefined(typeof(CmdletAttribute), inherit: false))
            .Select(type => new Command(type))
            .OrderBy(command => command.Name, StringComparer.Ordinal),
    ];

    public static IReadOnlyList<Type> Outputs { get; } =

    [
        .. Commands.SelectMany(command => command.Outputs)
            .Concat([typeof(CniNetRoute), typeof(EgressAddress), typeof(EgressDifference), typeof(NetRouteHop),
                typeof(DnsClientServerAddress)])
            .Distinct(),
    ];

    public static XElement Format { get; } = XElement.Load(Repository.File("module", "EgressNet.Format.ps1xml"));

    public static XElement Types { get; } = XElement.Load(Repository.File("module", "EgressNet.Types.ps1xml"));

    public static TheoryData<string> CommandNames => [.. Commands.Select(command => command.Name)];

    public static Command Find(string name) => Commands.Single(command => command.Name == name);

    /// <summary>The alias properties that the types file gives a type.</summary>
    public static IEnumerable<(string Alias, string Member)> AliasesOf(Type type) =>
        from entry in Types.Elements("Type")
        where (string?)entry.Element("Name") == type.FullName
        from alias in entry.Element("Members")!.Elements("AliasProperty")
        select ((string)alias.Element("Name")!, (string)alias.Element("ReferencedMemberName")!);

    public static HashSet<string> MembersOf(Type type) =>
    [
        .. type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(property => property.Name),
        .. AliasesOf(type).Select(pair => pair.Alias),
    ];

    /// <summary>The C# files of the cmdlet floor, by path relative to it, with their text.</summary>
    public static IEnumerable<(string Path, string Text)> Sources(params ReadOnlySpan<string> folder)
    {
        string root = Repository.File("src", "EgressNet.Cmdlets");
        return Repository.Files("*.cs", ["src", "EgressNet.Cmdlets", .. folder])
            .Select(file => (Path.GetRelativePath(root, file), File.ReadAllText(file)));
    }
}
