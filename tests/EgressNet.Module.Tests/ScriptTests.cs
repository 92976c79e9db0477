using System.Management.Automation;
using System.Management.Automation.Language;

namespace EgressNet.Module.Tests;

/// <summary>The scripts of the repository, read and never run.</summary>
[Trait("Convention", "39")]
public sealed class ScriptTests
{
    // What Pester brings, what pwsh brings beside the engine, and programs.
    private static readonly HashSet<string> s_elsewhere = new(StringComparer.OrdinalIgnoreCase)
    {
        "Describe", "Context", "It", "BeforeAll", "AfterAll", "BeforeEach", "AfterEach", "BeforeDiscovery", "Should",
        "Set-ItResult", "Invoke-Pester", "dotnet", "pwsh", "ip", "nft", "nsenter", "setpriv", "ping", "sh", "cat", "tcpdump",
        "unshare", "sudo",
    };

    public static TheoryData<string> Scripts =>
    [
        .. Repository.Files("*.ps1", "examples")
            .Concat(Repository.Files("*.ps1", "tests", "Pester"))
            .Append(Repository.File("build.ps1"))
            .Select(file => Path.GetRelativePath(Repository.Root, file)),
    ];

    /// <summary>Those that are not specs, whose runner sets what these set themselves.</summary>
    public static TheoryData<string> ScriptsToRun =>
    [
        .. Repository.Files("*.ps1", "examples")
            .Append(Repository.File("build.ps1"))
            .Select(file => Path.GetRelativePath(Repository.Root, file)),
    ];

    [Theory, MemberData(nameof(Scripts))]
    public void A_script_can_be_read(string script)
    {
        Parse(script, out ParseError[] errors);
        Assert.Empty(errors.Select(error => $"{error.Extent.StartLineNumber}: {error.Message}"));
    }

    [Theory, MemberData(nameof(Scripts))]
    public void A_script_uses_no_alias_and_only_what_there_is(string script)
    {
        ScriptBlockAst ast = Parse(script, out _);
        // Specs share the functions of the script beside them.
        HashSet<string> own = new(
            Directory.EnumerateFiles(Path.GetDirectoryName(Repository.File(script))!, "*.ps1")
                .SelectMany(file => Parser.ParseFile(file, out _, out _)
                    .FindAll(each => each is FunctionDefinitionAst, searchNestedScriptBlocks: true))
                .Select(each => ((FunctionDefinitionAst)each).Name),
            StringComparer.OrdinalIgnoreCase);
        using Hosted hosted = new();
        Assert.Empty(Commands(ast)
            .Where(use => !own.Contains(use.Name) && !s_elsewhere.Contains(use.Name))
            .SelectMany(use => FaultsOf(hosted, use.Name, use.Ast)));
    }

    [Theory, MemberData(nameof(ScriptsToRun))]
    public void A_script_that_people_run_is_strict_and_explained(string script)
    {
        ScriptBlockAst ast = Parse(script, out _);
        Assert.NotNull(ast.ParamBlock);
        Assert.Contains(ast.ParamBlock.Attributes, each => each.TypeName.Name == "CmdletBinding");
        Assert.False(string.IsNullOrWhiteSpace(ast.GetHelpContent()?.Synopsis));
        Assert.NotEmpty(ast.GetHelpContent().Examples);
        Assert.All(
            ast.ParamBlock.Parameters,
            each => Assert.Contains(each.Name.VariablePath.UserPath.ToUpperInvariant(), ast.GetHelpContent().Parameters.Keys));
        Assert.Contains("Set-StrictMode -Version", ast.Extent.Text);
        Assert.Contains("$ErrorActionPreference = 'Stop'", ast.Extent.Text);
    }

    private static ScriptBlockAst Parse(string script, out ParseError[] errors) =>
        Parser.ParseFile(Repository.File(script), out _, out errors);

    private static IEnumerable<(string Name, CommandAst Ast)> Commands(ScriptBlockAst ast) =>
        from CommandAst command in ast.FindAll(each => each is CommandAst, searchNestedScriptBlocks: true)
        let name = command.GetCommandName()
        where name is not null && !name.Contains('/')
        select (name, command);

    private static IEnumerable<string> FaultsOf(Hosted hosted, string name, CommandAst use)
    {
        string where = $"{use.Extent.StartLineNumber}: {name}";
        PSObject[] found = hosted.Run("param($Name) Get-Command $Name -ErrorAction Ignore", new { Name = name }).Output;
        if (found is not [PSObject one])
        {
            yield return $"{where} is no command that the engine or the module has";
            yield break;
        }

        if (one.BaseObject is AliasInfo)
        {
            yield return $"{where} is an alias";
            yield break;
        }

        if (one.BaseObject is not (CmdletInfo or FunctionInfo))
        {
            yield break;
        }

        Dictionary<string, ParameterMetadata> parameters = ((CommandInfo)one.BaseObject).Parameters;
        HashSet<string> known = new(
            parameters.Values.SelectMany(each => each.Aliases.Prepend(each.Name)), StringComparer.OrdinalIgnoreCase);
        foreach (CommandParameterAst parameter in use.CommandElements.OfType<CommandParameterAst>())
        {
            if (!known.Contains(parameter.ParameterName))
            {
                yield return $"{where} has no parameter -{parameter.ParameterName}";
            }
        }
    }
}
