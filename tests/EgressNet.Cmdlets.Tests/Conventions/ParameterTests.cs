using System.Management.Automation;
using System.Reflection;
using System.Text.RegularExpressions;
using EgressNet.Arguments;
using EgressNet.Attachments;
using EgressNet.Completers;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Namespaces;
using EgressNet.Netlink.Neighbors;
using EgressNet.Netlink.Routes;
using EgressNet.Netlink.Rules;
using EgressNet.Transformations;

namespace EgressNet.Cmdlets.Tests.Conventions;

public sealed partial class ParameterTests
{
    private static readonly string[] s_singleFilters =
        ["NetNamespace", "RouteTable", "AddressFamily", "PolicyStore", "AssociatedIPInterface"];

    private static readonly string[] s_wordsEndingInS =
        ["IPAddress", "MacAddress", "HostMacAddress", "NatAddress", "LinkLayerAddress", "LocalAddress", "Alias",
         "InterfaceAlias", "MasterAlias", "OutputInterfaceAlias", "ParentAlias", "IncomingInterfaceAlias", "ifAlias", "NetNS",
         "Sandbox", "ContainerEgress", "NlMtuBytes", "Tos"];

    // A CNI result calls its list so.
    private static readonly string[] s_pluralAliases = ["Routes"];

    // One attachment has addresses of both families, and each of these for each of them.
    private static readonly string[] s_severalToOne =
        ["IPAddress", "Gateway", "NatAddress", "Route", "ExcludePrefix", "MetadataAddress"];

    // One route has several next hops, and may lock several of its metrics.
    private static readonly string[] s_severalToRoute = ["NextHop", "Weight", "InterfaceAlias", "InterfaceIndex", "Lock"];

    // Scripts of Windows write -SkipAsSource $true, and a switch would take no argument.
    private static readonly string[] s_windowsBooleans = ["SkipAsSource"];

    // A file has these for by-name binding.
    private static readonly string[] s_fileProperties = ["PSPath", "FullName"];

    public static TheoryData<string> Commands => Surface.CommandNames;

    private static IEnumerable<(Command Command, CommandParameter Parameter)> All =>
        from command in Surface.Commands
        from parameter in command.Parameters
        select (command, parameter);

    [Fact]
    public void Names_are_Pascal_and_singular_and_not_the_engine_s_own()
    {
        HashSet<string> common = [.. Cmdlet.CommonParameters, .. Cmdlet.OptionalCommonParameters, "Db", "Vb"];
        Assert.All(All, each =>
        {
            Assert.Matches(Pascal(), each.Parameter.Name);
            Assert.DoesNotContain(each.Parameter.Name, common);
            Assert.All(each.Parameter.Names, name => Assert.False(
                name.EndsWith('s') && !s_wordsEndingInS.Contains(name) && !s_pluralAliases.Contains(name)
                    && !name.EndsWith("ss"),
                name));
        });
    }

    [Fact]
    public void Windows_names_carry_their_aliases() => Assert.All(All, each =>
    {
        string? alias = each.Parameter.Name switch
        {
            "InterfaceAlias" => "ifAlias",
            "InterfaceIndex" => "ifIndex",
            "NetNamespace" => "NetNS",
            "RouteMetric" => "Metric",
            "NextHop" => "Gateway",
            _ => null,
        };
        if (alias is not null)
        {
            Assert.Contains(alias, each.Parameter.Names);
        }
    });

    [Fact]
    public void The_same_name_means_the_same_type()
    {
        // What filters by name takes text, for its wildcards; an input object and a state are of the cmdlet's noun.
        string[] mixed =
        [
            .. All.Where(each => each.Parameter.Name is not ("InputObject" or "State") && each.Parameter.Element != typeof(string))
                .GroupBy(each => each.Parameter.Name)
                .Where(group => group.Select(each => each.Parameter.Element).Distinct().Count() > 1)
                .Select(group => group.Key),
        ];
        Assert.Empty(mixed);
    }

    [Fact]
    public void Switches_are_switches() =>
        Assert.DoesNotContain(
            All, each => each.Parameter.Element == typeof(bool) && !s_windowsBooleans.Contains(each.Parameter.Name));

    [Theory, MemberData(nameof(Commands))]
    public void Filters_take_several_values_and_New_takes_one(string command)
    {
        Command found = Surface.Find(command);
        IEnumerable<CommandParameter> filters = found.Parameters
            .Where(parameter => !parameter.IsSwitch && !s_singleFilters.Contains(parameter.Name));
        if (found.Verb is "Get" or "Remove")
        {
            Assert.All(filters, parameter => Assert.True(parameter.Type.IsArray, parameter.Name));
        }
        else if (found.Verb is "New")
        {
            Assert.All(filters, parameter => Assert.False(
                parameter.Type.IsArray && !s_severalToOne.Contains(parameter.Name)
                    && !(command == "New-NetRoute" && s_severalToRoute.Contains(parameter.Name)),
                parameter.Name));
        }
    }

    [Theory, MemberData(nameof(Commands))]
    public void A_set_takes_pipeline_input_and_at_most_one_whole_object(string command)
    {
        Command found = Surface.Find(command);
        Assert.All(found.Sets, set =>
        {
            Assert.True(found.Parameters.Count(p => p.In(set).Any(use => use.ValueFromPipeline)) <= 1, set);
            Assert.Contains(found.Parameters, p => p.In(set).Any(use =>
                use.ValueFromPipeline || use.ValueFromPipelineByPropertyName));
        });
    }

    [Fact]
    public void What_binds_by_property_name_has_a_producer()
    {
        HashSet<string> produced = new(
            Surface.Outputs.SelectMany(Surface.MembersOf).Concat(s_fileProperties), StringComparer.OrdinalIgnoreCase);
        Assert.All(
            All.Where(each => each.Parameter.TakesProperties),
            each => Assert.True(
                each.Parameter.Names.Any(produced.Contains), $"{each.Command} -{each.Parameter.Name}"));
    }

    [Fact]
    public void Names_that_filter_are_wildcards() => Assert.All(
        All.Where(each => each.Command.Verb is "Get" or "Remove" && each.Parameter.Element == typeof(string)),
        each => Assert.True(each.Parameter.IsWildcard, $"{each.Command} -{each.Parameter.Name}"));

    [Fact]
    public void Only_text_is_a_wildcard() => Assert.All(
        All.Where(each => each.Parameter.IsWildcard),
        each => Assert.Equal(typeof(string), each.Parameter.Element));

    [Fact]
    public void Namespaces_interfaces_and_tables_are_completed() => Assert.All(All, each =>
    {
        Type? completer = each.Parameter.Name switch
        {
            "InterfaceAlias" => typeof(InterfaceCompleter),
            "NetNamespace" => typeof(NetNamespaceCompleter),
            "RouteTable" => typeof(RouteTableCompleter),
            "Protocol" => typeof(RouteProtocolCompleter),
            _ => null,
        };
        if (completer is not null)
        {
            Assert.Equal(
                completer, each.Parameter.Property.GetCustomAttribute<ArgumentCompleterAttribute>(inherit: true)?.Type);
        }
    });

    [Fact]
    public void Whatever_has_no_values_of_its_own_has_a_completer() => Assert.All(
        All.Where(each => each.Parameter.Type != typeof(SwitchParameter) && each.Parameter.Name != "Path"),
        each =>
        {
            Type element = Nullable.GetUnderlyingType(each.Parameter.Element) ?? each.Parameter.Element;
            Assert.True(
                element.IsEnum || each.Parameter.Property.IsDefined(typeof(ArgumentCompleterAttribute), inherit: true),
                $"{each.Command} -{each.Parameter.Name}");
        });

    [Fact]
    public void A_transformation_of_a_list_says_so() => Assert.All(
        All.Where(each => each.Parameter.Property.IsDefined(typeof(InputTransformationAttribute), inherit: true)),
        each => Assert.Equal(
            each.Parameter.Type.IsArray,
            each.Parameter.Property.GetCustomAttribute<InputTransformationAttribute>(inherit: true)!.IsList));

    [Fact]
    public void Typed_input_is_transformed() => Assert.All(All, each =>
    {
        Type? transformation = each.Parameter.Element switch
        {
            _ when each.Parameter.Name is "NetNamespace" or "PeerNetNamespace" or "MoveTo" => typeof(NetNamespaceTransformationAttribute),
            Type type when type == typeof(InetAddress) => typeof(InetAddressTransformationAttribute),
            Type type when type == typeof(InetPrefix) => typeof(InetPrefixTransformationAttribute),
            Type type when type == typeof(IPAddressText) => typeof(IPAddressTransformationAttribute),
            Type type when type == typeof(MacAddress) => typeof(MacAddressTransformationAttribute),
            Type type when type == typeof(LinkLayerAddress) => typeof(LinkLayerAddressTransformationAttribute),
            Type type when type == typeof(NeighborState) => typeof(NeighborStateTransformationAttribute),
            Type type when type == typeof(IPProtocol) => typeof(IPProtocolTransformationAttribute),
            Type type when type == typeof(RuleRange) => typeof(RuleRangeTransformationAttribute),
            Type type when type == typeof(AttachmentRoute) => typeof(EgressRouteTransformationAttribute),
            Type type when type == typeof(RouteProtocol) => typeof(RouteProtocolTransformationAttribute),
            Type type when type == typeof(TimeSpan) => typeof(LifetimeTransformationAttribute),
            Type type when type == typeof(NetRoute) || type == typeof(NetIPAddress) || type == typeof(NetNamespace) || type == typeof(NetAdapter)
                || type == typeof(NetNeighbor) || type == typeof(NetRouteRule)
                || type == typeof(NetIPInterface)
                || type == typeof(EgressNat) || type == typeof(EgressVeth) || type == typeof(ContainerEgress) => typeof(CopyTransformationAttribute),
            _ when each is { Command.Name: "New-NetNamespace", Parameter.Name: "Name" } =>
                typeof(NamespaceNameTransformationAttribute),
            _ when each is { Command.Name: "Get-NetNamespace" or "Remove-NetNamespace", Parameter.Name: "Name" } =>
                typeof(NamespaceArgumentTransformationAttribute),
            _ when each.Parameter.Name is "Mark" or "MarkMask" => typeof(MarkTransformationAttribute),
            _ when each.Parameter.Name == "RouteTable" => typeof(RouteTableTransformationAttribute),
            { IsPrimitive: true } or { IsEnum: true } => typeof(ValueTransformationAttribute),
            Type type when type == typeof(string) => typeof(TextArgumentAttribute),
            _ => null,
        };
        Assert.Equal(
            transformation,
            each.Parameter.Property.GetCustomAttribute<ArgumentTransformationAttribute>(inherit: true)?.GetType());
    });

    [Fact]
    public void What_is_bounded_is_validated() => Assert.All(
        All.Where(each => each.Command.Verb is "New" or "Set"),
        each =>
        {
            Type? validation = each.Parameter.Name switch
            {
                "Mtu" or "PrefixLength" => typeof(ValidateRangeAttribute),
                "InterfaceIndex" when !each.Parameter.Type.IsArray => typeof(ValidateRangeAttribute),
                "HostInterface" => typeof(ValidateInterfaceNameAttribute),
                "Name" when each.Command.Name.StartsWith("New-Egress") || each.Command.Name == "New-ContainerEgress" => typeof(ValidateInterfaceNameAttribute),
                _ => null,
            };
            Assert.True(
                validation is null || each.Parameter.Property.IsDefined(validation, inherit: true),
                $"{each.Command} -{each.Parameter.Name}");
        });

    [Theory, MemberData(nameof(Commands))]
    public void Sets_are_named_by_constants_and_one_is_the_default(string command)
    {
        Command found = Surface.Find(command);
        if (found.Sets.Count == 1)
        {
            return;
        }

        string[] constants =
        [
            .. typeof(ParameterSet).GetFields(BindingFlags.Public | BindingFlags.Static)
                .Select(field => (string)field.GetRawConstantValue()!),
        ];
        Assert.Empty(found.Sets.Except(constants));
        Assert.Contains(found.Attribute.DefaultParameterSetName, found.Sets);
        Assert.DoesNotMatch(QuotedSet(), Surface.Sources("Commands").Single(source =>
            Path.GetFileName(source.Path) == found.Type.Name + ".cs").Text);
    }

    [Theory, MemberData(nameof(Commands))]
    public void Positions_within_a_set_are_distinct(string command)
    {
        Command found = Surface.Find(command);
        Assert.All(found.Sets, set =>
        {
            int[] positions =
            [
                .. found.Parameters.SelectMany(parameter => parameter.In(set))
                    .Select(use => use.Position)
                    .Where(position => position >= 0),
            ];
            Assert.Equal(positions.Distinct().Order(), positions.Order());
        });
    }

    [GeneratedRegex("^[A-Z][A-Za-z0-9]*$")]
    private static partial Regex Pascal();

    [GeneratedRegex("ParameterSetName = \"")]
    private static partial Regex QuotedSet();
}
