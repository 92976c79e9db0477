using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace EgressNet.Help;

/// <summary>Writes pages as the XML that Get-Help reads.</summary>
public static partial class MamlWriter
{
    private const string Online = "https://github.com/egressnet/egressnet/blob/main/docs/";

    private static readonly XNamespace s_msh = "http://msh";
    private static readonly XNamespace s_maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace s_command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace s_dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    /// <summary>Writes the help of a module.</summary>
    /// <param name="pages">Its pages.</param>
    /// <returns>The XML document.</returns>
    public static string Write(IEnumerable<Page> pages)
    {
        XElement root = new(s_msh + "helpItems", new XAttribute("schema", "maml"), pages.Select(Command));
        return $"""<?xml version="1.0" encoding="utf-8"?>{"\n"}{root.ToString().ReplaceLineEndings("\n")}{"\n"}""";
    }

    private static XElement Command(Page page) => new(
        s_command + "command",
        new XAttribute(XNamespace.Xmlns + "maml", s_maml),
        new XAttribute(XNamespace.Xmlns + "command", s_command),
        new XAttribute(XNamespace.Xmlns + "dev", s_dev),
        new XElement(
            s_command + "details",
            new XElement(s_command + "name", page.Name),
            new XElement(s_command + "verb", page.Name.Split('-')[0]),
            new XElement(s_command + "noun", page.Name.Split('-')[1]),
            Text("description", page.Synopsis)),
        Text("description", [.. page.Description]),
        new XElement(s_command + "syntax", page.Syntax.Select(line => SyntaxItem(page, line))),
        new XElement(s_command + "parameters", page.Parameters.Select(parameter => Parameter(parameter, null))),
        new XElement(s_command + "inputTypes", page.Inputs.Select(type => TypeOf("inputType", type))),
        new XElement(s_command + "returnValues", page.Outputs.Select(type => TypeOf("returnValue", type))),
        new XElement(
            s_maml + "alertSet",
            Text(
                "alert",
                ["Errors:", .. page.Errors.Select(error => $"{error.Id} ({error.Category}): {error.Meaning}")])),
        new XElement(s_command + "examples", page.Examples.Select(Example)),
        new XElement(
            s_command + "relatedLinks",
            Link("Online version:", $"{Online}{page.Name}.md"),
            page.Links.Select(link => Link(link, ""))));

    private static XElement SyntaxItem(Page page, string line) => new(
        s_command + "syntaxItem",
        new XElement(s_maml + "name", page.Name),
        UsePattern().Matches(line).Select(use => Parameter(
            page.Parameters.Single(parameter => parameter.Name == use.Groups["name"].Value),
            required: use.Groups["open"].Length == 0
                || (use.Groups["open"].Length == 1 && use.Groups["positional"].Success))));

    private static XElement Parameter(PageParameter parameter, bool? required)
    {
        Func<string, string> fact = name => parameter.Facts[name];
        string type = fact("Type");
        return new XElement(
            s_command + "parameter",
            new XAttribute("required", Flag(required ?? fact("Required") == "yes")),
            new XAttribute("variableLength", Flag(type.EndsWith("[]", StringComparison.Ordinal))),
            new XAttribute("globbing", Flag(fact("Wildcards") == "yes")),
            new XAttribute("pipelineInput", Pipeline(fact("Pipeline"))),
            new XAttribute("position", fact("Position")),
            new XAttribute("aliases", fact("Aliases")),
            new XElement(s_maml + "name", parameter.Name),
            Text("description", parameter.Text),
            type == "switch" ? null : new XElement(
                s_command + "parameterValue",
                new XAttribute("required", "true"),
                new XAttribute("variableLength", "false"),
                type),
            new XElement(s_dev + "type", new XElement(s_maml + "name", type)),
            new XElement(s_dev + "defaultValue", fact("Default")));
    }

    private static XElement Example(PageExample example) => new(
        s_command + "example",
        new XElement(s_maml + "title", example.Title),
        Text("introduction", "PS> "),
        new XElement(s_dev + "code", $"{example.Code}\n\n{example.Output}".TrimEnd()),
        new XElement(s_dev + "remarks", new XElement(s_maml + "para", example.Remarks)));

    private static XElement TypeOf(string element, (string Type, string Text) described) => new(
        s_command + element,
        new XElement(s_dev + "type", new XElement(s_maml + "name", described.Type)),
        Text("description", described.Text));

    private static XElement Link(string text, string uri) => new(
        s_maml + "navigationLink", new XElement(s_maml + "linkText", text), new XElement(s_maml + "uri", uri));

    private static XElement Text(string element, params string[] paragraphs) =>
        new(s_maml + element, paragraphs.Select(text => new XElement(s_maml + "para", text)));

    private static string Pipeline(string fact) => fact == "no"
        ? "false"
        : $"true ({fact.Replace("by value", "ByValue").Replace("by property name", "ByPropertyName")})";

    private static string Flag(bool value) => value ? "true" : "false";

    [GeneratedRegex(@"(?<= )(?<open>\[{0,2})-(?<name>\w+)(?<positional>\] <)?")]
    private static partial Regex UsePattern();
}
