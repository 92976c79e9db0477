using System.Reflection;
using System.Xml.Linq;
using EgressNet.Bases;

namespace EgressNet.Cmdlets.Tests.Conventions;

public sealed class OutputTests
{
    private const string Cleaning = "[EgressNet.TerminalText]::";
    private const string Joining = " -join \"`n\"";

    public static TheoryData<string> Commands => Surface.CommandNames;

    public static TheoryData<string> Outputs => [.. Surface.Outputs.Select(type => type.FullName!)];

    [Theory, MemberData(nameof(Commands))]
    public void A_cmdlet_declares_its_output(string command) => Assert.NotEmpty(Surface.Find(command).Outputs);

    [Theory, MemberData(nameof(Outputs))]
    public void An_output_type_is_plain(string name)
    {
        Type type = TypeOf(name);
        Assert.Equal("EgressNet", type.Namespace);
        Assert.True(type is { IsSealed: true, IsPublic: true });
        Assert.Empty(type.GetConstructors());
        Assert.DoesNotContain(type.GetProperties(), property => property.SetMethod is { IsPublic: true });
        Assert.Equal(type, type.GetMethod("ToString", Type.EmptyTypes)!.DeclaringType);
    }

    [Theory, MemberData(nameof(Outputs))]
    public void A_view_shows_what_there_is(string name)
    {
        XElement view = Assert.Single(ViewsOf(name), view => view.Element("TableControl") is not null);
        HashSet<string> members = Surface.MembersOf(TypeOf(name));
        string[] columns = [.. view.Descendants("TableColumnItem").Select(NameOf)];
        XElement[] headers = [.. view.Descendants("TableColumnHeader")];

        Assert.All(columns, column => Assert.Contains(column, members));
        Assert.Equal(headers.Select(header => (string)header.Element("Label")!), columns);
        Assert.Null(headers[^1].Element("Width"));
        Assert.DoesNotContain(
            headers.SkipWhile(header => header.Element("Width") is not null), header => header.Element("Width") is not null);
    }

    [Fact]
    public void Views_are_of_output_types_and_run_scripts_only_to_join_lists()
    {
        Assert.Empty(Surface.Format.Descendants("TypeName").Select(type => type.Value)
            .Except(Surface.Outputs.Select(type => type.FullName)));
        Assert.All(
            Surface.Format.Descendants("ScriptBlock").Where(block => !block.Value.StartsWith(Cleaning, StringComparison.Ordinal)),
            block => Assert.EndsWith(Joining, block.Value));
    }

    [Fact]
    public void Types_get_aliases_of_members_they_have() => Assert.All(
        Surface.Types.Elements("Type"),
        entry =>
        {
            Type type = TypeOf((string)entry.Element("Name")!);
            Assert.All(Surface.AliasesOf(type), pair => Assert.NotNull(type.GetProperty(pair.Member)));
            Assert.All(Surface.AliasesOf(type), pair => Assert.Null(type.GetProperty(pair.Alias)));
            Assert.All(
                entry.Element("Members")!.Elements(),
                member => Assert.Contains(member.Name.LocalName, (string[])["AliasProperty", "CodeProperty"]));
        });

    [Theory, MemberData(nameof(Outputs))]
    public void A_list_shows_every_property_that_the_table_shows(string name)
    {
        string[] shown = [.. ViewsOf(name).Descendants("ListItem").Select(NameOf)];
        HashSet<string> members = Surface.MembersOf(TypeOf(name));
        Dictionary<string, string> aliases = Surface.AliasesOf(TypeOf(name)).ToDictionary();
        Assert.All(shown, item => Assert.Contains(item.Split('.')[0], members));
        Assert.All(
            ViewsOf(name).Descendants("ListItem"),
            item => Assert.Equal(item.Element("ScriptBlock") is null ? null : NameOf(item), (string?)item.Element("Label")));
        Assert.All(
            ViewsOf(name).Descendants("TableColumnItem").Select(item => aliases.GetValueOrDefault(NameOf(item)) ?? NameOf(item)),
            column => Assert.True(shown.Length == 0 || shown.Contains(column), column));
    }

    [Fact]
    public void A_view_cleans_the_texts_of_others()
    {
        string[] ours =
        [
            "AcceptRa", "Action", "AddressFamily", "AddressState", "AdminStatus", "Broadcast", "ConnectionState", "Dad",
            "DestinationPort", "DestinationPrefix", "Dhcp", "Flags", "Forwarding", "Gateway", "HostMacAddress",
            "InterfaceDescription", "IPAddress", "IPProtocol", "IPv6", "Kind", "LinkLayerAddress", "LocalAddress",
            "MacAddress", "Nat", "NatAddress", "NextHop", "Other", "Peer", "PolicyStore", "PortRandomization",
            "PreferredLifetime", "PreferredSource", "PrefixOrigin", "Protocol", "ProxyArp", "RemoteAddress", "RouteType",
            "RpFilter", "Scope", "SourcePort", "SourcePrefix", "State", "Status", "SuffixOrigin", "Type", "UidRange",
            "ValidLifetime",
        ];
        foreach (XElement view in Surface.Format.Descendants("View"))
        {
            Type type = TypeOf(view.Descendants("TypeName").First().Value);
            Assert.All(
                view.Descendants("PropertyName").Select(shown => type.GetProperty(shown.Value)).OfType<PropertyInfo>(),
                property => Assert.True(
                    property.PropertyType != typeof(string) || ours.Contains(property.Name), $"{type.Name}.{property.Name}"));
        }
    }

    [Fact]
    public void Every_text_of_a_cmdlet_goes_the_same_way()
    {
        string[] ways = ["ShouldProcess", "ThrowTerminatingError", "WriteError", "WriteVerbose", "WriteWarning"];
        BindingFlags own = BindingFlags.DeclaredOnly | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
        IEnumerable<string> SignaturesOf(Type type) =>
            type.GetMethods(own).Where(method => ways.Contains(method.Name)).Select(method => method.ToString()!).Order();
        Assert.Equal(SignaturesOf(typeof(System.Management.Automation.Cmdlet)), SignaturesOf(typeof(TerminalCommandBase)));
    }

    [Theory, MemberData(nameof(Outputs))]
    public void Properties_are_simple(string name) => Assert.All(
        TypeOf(name).GetProperties(BindingFlags.Public | BindingFlags.Instance),
        property =>
        {
            Type type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
            type = type.Name == typeof(TextList<>).Name ? type.GetGenericArguments()[0] : type;
            Assert.True(
                type.IsPrimitive || type == typeof(string) || Surface.Outputs.Contains(type),
                $"{name}.{property.Name} is {type}");
        });

    private static IEnumerable<XElement> ViewsOf(string name) =>
        Surface.Format.Descendants("View").Where(view => view.Descendants("TypeName").Any(type => type.Value == name));

    private static string NameOf(XElement item) =>
        (string?)item.Element("PropertyName")
            ?? item.Element("ScriptBlock")!.Value.Split(" -join ")[0].Split("$_.")[1].TrimEnd(')');

    private static Type TypeOf(string name) => Surface.Assembly.GetType(name, throwOnError: true)!;
}
