using System.Management.Automation;
using EgressNet.Bases;

namespace EgressNet.Cmdlets.Tests.Conventions;

public sealed class ShouldProcessTests
{
    // It emits the routes it made, as New- does: they are what the pipeline goes on with.
    private static readonly string[] s_alwaysEmits = ["Set-PointToPointGateway"];

    // They say where. What has these alone means all that is there, which is for Get to list.
    private static readonly string[] s_whereabouts = ["NetNamespace", "InterfaceAlias", "InterfaceIndex"];

    private static readonly string[] s_selectors = ["DestinationPrefix", "IPAddress", "InterfaceAlias", "InterfaceIndex"];

    // Each of several selectors will do, so that none is mandatory. Their specs try without any.
    private static readonly string[] s_asksForOneOfSeveral = ["Remove-NetNeighbor", "Remove-NetRouteRule", "Set-NetIPInterface"];

    public static TheoryData<string> Commands => Surface.CommandNames;

    [Theory, MemberData(nameof(Commands))]
    public void ShouldProcess_is_declared_by_state_changing_cmdlets_alone(string command)
    {
        Command found = Surface.Find(command);
        Assert.Equal(found.ChangesState, found.Attribute.SupportsShouldProcess);
    }

    [Theory, MemberData(nameof(Commands))]
    public void ShouldProcess_is_called_where_it_is_declared(string command)
    {
        Command found = Surface.Find(command);
        HashSet<string> files = [];
        for (Type type = found.Type; type != typeof(TerminalCommandBase); type = type.BaseType!)
        {
            files.Add(type.Name + ".cs");
        }

        Assert.Equal(found.ChangesState, Surface.Sources().Any(source => files.Contains(Path.GetFileName(source.Path))
            && (source.Text.Contains(" (ShouldProcess(") || source.Text.Contains("(!ShouldProcess("))));
    }

    [Theory, MemberData(nameof(Commands))]
    public void No_cmdlet_asks_unasked(string command) =>
        Assert.NotEqual(ConfirmImpact.High, Surface.Find(command).Attribute.ConfirmImpact);

    [Theory, MemberData(nameof(Commands))]
    public void What_changes_others_has_to_be_told_which(string command)
    {
        Command found = Surface.Find(command);
        if (!found.ChangesState || found.Verb == "New" || s_asksForOneOfSeveral.Contains(command))
        {
            return;
        }

        Assert.All(found.Sets.Where(set => !IsPickedBySelectors(found, set)), set => Assert.Contains(found.Parameters, parameter =>
            !s_whereabouts.Contains(parameter.Name) && parameter.In(set).Any(use => use.Mandatory)));
    }

    // An interface alone is enough. Where nothing else picks the set, one of them was given.
    private static bool IsPickedBySelectors(Command command, string set) =>
        set != command.Attribute.DefaultParameterSetName
        && command.Parameters.Where(parameter => parameter.Uses.All(use => use.ParameterSetName == set))
            .All(parameter => s_selectors.Contains(parameter.Name));

    [Fact]
    public void ShouldContinue_is_never_used() =>
        Assert.DoesNotContain(Surface.Sources(), source => source.Text.Contains("ShouldContinue"));

    [Theory, MemberData(nameof(Commands))]
    public void PassThru_is_for_changes_that_emit_nothing_otherwise(string command)
    {
        Command found = Surface.Find(command);
        bool expected = found.Verb is "Set" or "Remove" or "Rename" or "Enable" or "Disable" or "Restart" or "Repair"
            && !s_alwaysEmits.Contains(command);
        Assert.Equal(expected, found.Parameters.Any(parameter => parameter.Name == "PassThru" && parameter.IsSwitch));
    }
}
