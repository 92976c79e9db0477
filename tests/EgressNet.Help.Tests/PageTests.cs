using System.Management.Automation;

namespace EgressNet.Help.Tests;

public sealed class PageTests(StagedModule module) : IClassFixture<StagedModule>
{
    [Fact]
    public void Every_cmdlet_has_a_page_and_every_page_a_cmdlet() =>
        Assert.Equal(module.Cmdlets.Keys.Order(), module.Pages.Keys.Order());

    [Fact]
    public void Syntax_is_that_of_the_cmdlet() => ForEach((cmdlet, page) =>
        Assert.Equal(
            cmdlet.ParameterSets.Select(set => InAnyOrder($"{cmdlet.Name} {set}")).Order(StringComparer.Ordinal),
            page.Syntax.Select(InAnyOrder).Order(StringComparer.Ordinal)));

    [Fact]
    public void Parameters_are_those_of_the_cmdlet() => ForEach((cmdlet, page) =>
        Assert.Equal(
            cmdlet.ParameterSets.SelectMany(StagedModule.OwnParameters).Select(own => own.Name).Distinct().Order(),
            page.Parameters.Select(parameter => parameter.Name).Order()));

    [Fact]
    public void Parameters_are_described_as_they_bind() => ForEach((cmdlet, page) =>
    {
        foreach (PageParameter described in page.Parameters)
        {
            (CommandParameterSetInfo Set, CommandParameterInfo Parameter)[] uses =
            [
                .. cmdlet.ParameterSets.SelectMany(set =>
                    set.Parameters.Where(found => found.Name == described.Name).Select(found => (set, found))),
            ];
            Assert.Equal(
                Facts(cmdlet, uses),
                described.Facts.Where(fact => fact.Key is not ("Type" or "Default")));
            Assert.NotEmpty(described.Text);
            Assert.NotEmpty(described.Facts["Type"]);
            Assert.NotEmpty(described.Facts["Default"]);
        }
    });

    [Fact]
    public void Pages_say_everything() => ForEach((_, page) =>
    {
        Assert.NotEmpty(page.Synopsis);
        Assert.NotEmpty(page.Description);
        Assert.NotEmpty(page.Inputs);
        Assert.NotEmpty(page.Outputs);
        Assert.NotEmpty(page.Errors);
        Assert.All(
            page.Links,
            link => Assert.True(File.Exists(Repository.File("docs", $"{link}.md")), link));
    });

    [Fact]
    public void Outputs_name_the_declared_type() => ForEach((cmdlet, page) =>
        Assert.Equal(
            cmdlet.OutputType.Select(type => type.Name).Order(),
            page.Outputs.Select(output => output.Type).Where(type => type != "None").Order()));

    private static string InAnyOrder(string syntax) =>
        string.Join(
            ' ', syntax.Replace(" [", "\n[").Replace(" -", "\n-").Split('\n').Order(StringComparer.Ordinal));

    private static Dictionary<string, string> Facts(
        CmdletInfo cmdlet, (CommandParameterSetInfo Set, CommandParameterInfo Parameter)[] uses)
    {
        CommandParameterInfo first = uses[0].Parameter;
        string[] pipeline =
        [
            .. uses.Any(use => use.Parameter.ValueFromPipeline) ? ["by value"] : Array.Empty<string>(),
            .. uses.Any(use => use.Parameter.ValueFromPipelineByPropertyName)
                ? ["by property name"]
                : Array.Empty<string>(),
        ];
        return new Dictionary<string, string>
        {
            ["Parameter sets"] = uses.Length == cmdlet.ParameterSets.Count
                ? "all"
                : string.Join(", ", uses.Select(use => use.Set.Name)),
            ["Required"] = uses.All(use => use.Parameter.IsMandatory) ? "yes" : "no",
            ["Position"] = string.Join(" or ", uses
                .Select(use => use.Parameter.Position < 0 ? "named" : $"{use.Parameter.Position}")
                .Distinct()
                .Order()),
            ["Pipeline"] = pipeline.Length == 0 ? "no" : string.Join(", ", pipeline),
            ["Wildcards"] = first.Attributes.OfType<SupportsWildcardsAttribute>().Any() ? "yes" : "no",
            ["Aliases"] = first.Aliases.Count == 0 ? "none" : string.Join(", ", first.Aliases),
        };
    }

    private void ForEach(Action<CmdletInfo, Page> check) =>
        Assert.All(module.Cmdlets.Values, cmdlet => check(cmdlet, module.Pages[cmdlet.Name]));
}
