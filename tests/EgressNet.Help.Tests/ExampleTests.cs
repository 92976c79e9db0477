using System.Management.Automation;
using System.Management.Automation.Language;

namespace EgressNet.Help.Tests;

public sealed class ExampleTests(StagedModule module) : IClassFixture<StagedModule>
{
    [Fact]
    public void Every_page_has_two_examples() =>
        Assert.All(module.Pages.Values, page => Assert.True(page.Examples.Count >= 2, page.Name));

    [Fact]
    public void Examples_use_the_cmdlet_and_show_what_it_prints() => Assert.All(module.Pages.Values, page =>
        Assert.All(page.Examples, example =>
        {
            Assert.Contains(page.Name, example.Code, StringComparison.Ordinal);
            Assert.NotEmpty(example.Output);
        }));

    [Fact]
    public void Examples_parse_and_name_commands_and_parameters_that_exist() =>
        Assert.All(module.Pages.Values.SelectMany(page => page.Examples), example => Check(example.Code));

    [Fact]
    public void Scripts_in_the_about_topic_and_the_readme_do_so_too()
    {
        foreach (string file in (string[])["docs/about_EgressNet.md", "README.md"])
        {
            string[] lines = File.ReadAllLines(Repository.File(file));
            for (int i = 0; i < lines.Length; i++)
            {
                if (lines[i] == "```powershell")
                {
                    Check(string.Join('\n', lines.Skip(i + 1).TakeWhile(line => line != "```")));
                }
            }
        }
    }

    private void Check(string code)
    {
        ScriptBlockAst script = Parser.ParseInput(code, out _, out ParseError[] errors);
        Assert.Empty(errors);
        foreach (CommandAst command in script.FindAll(ast => ast is CommandAst, true).Cast<CommandAst>())
        {
            CommandInfo found = module.Find(command.GetCommandName())
                ?? throw new InvalidOperationException($"No command {command.GetCommandName()} in: {code}");
            foreach (CommandParameterAst parameter in command.CommandElements.OfType<CommandParameterAst>())
            {
                Assert.Contains(parameter.ParameterName, found.Parameters.Keys, StringComparer.OrdinalIgnoreCase);
            }
        }
    }
}
