using System.Text.RegularExpressions;
using System.Xml.Linq;
using EgressNet.Errors;

namespace EgressNet.Cmdlets.Tests.Conventions;

/// <summary>Every test here is for a page that exists; before it does, the test is skipped.</summary>
public sealed class DocumentationTests
{
    private static readonly XNamespace s_command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace s_maml = "http://schemas.microsoft.com/maml/2004/10";

    public static TheoryData<string> Commands => Surface.CommandNames;

    public static TheoryData<string> Ids =>
        [.. typeof(ErrorId).GetFields().Select(each => (string)each.GetRawConstantValue()!)];

    [Theory, MemberData(nameof(Ids))]
    public void An_error_id_is_explained(string id) =>
        Assert.Matches($@"\b{Regex.Escape(id)}\b", Page("docs/about_EgressNet.md"));

    [Theory, MemberData(nameof(Commands))]
    public void A_cmdlet_has_a_page_that_names_every_parameter(string command)
    {
        string page = Page($"docs/{command}.md");
        Assert.All(
            Surface.Find(command).Parameters, parameter => Assert.Matches($@"\b{parameter.Name}\b", page));
    }

    [Theory, MemberData(nameof(Commands))]
    public void A_cmdlet_has_help_for_every_parameter(string command)
    {
        XElement root = XElement.Parse(Page("artifacts/help/en-US/EgressNet.Cmdlets.dll-Help.xml"));
        XElement help = Assert.Single(root.Descendants(s_command + "command"), entry =>
            entry.Descendants(s_command + "name").First().Value.Trim() == command);
        Command found = Surface.Find(command);

        Assert.False(string.IsNullOrWhiteSpace(help.Element(s_command + "details")
            ?.Element(s_maml + "description")?.Value));
        Assert.False(string.IsNullOrWhiteSpace(help.Element(s_maml + "description")?.Value));
        Assert.Empty(found.Parameters.Select(parameter => parameter.Name).Except(
            help.Element(s_command + "parameters")!.Elements().Select(p => p.Element(s_maml + "name")!.Value.Trim())));
        Assert.Equal(found.Sets.Count, help.Descendants(s_command + "syntaxItem").Count());
        Assert.True(help.Descendants(s_command + "example").Count() >= 2);
    }

    private static string Page(string path) => File.ReadAllText(Repository.File(path));
}
