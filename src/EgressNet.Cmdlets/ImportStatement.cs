using System.Management.Automation.Language;

namespace EgressNet;

/// <summary>Which cmdlets an Import-Module takes under their own names. The engine does not tell a module, so it is read
/// from the statement as far as that is literal.</summary>
internal static class ImportStatement
{
    private const string Prefix = nameof(Prefix), Cmdlet = nameof(Cmdlet), NoClobber = nameof(NoClobber);

    /// <summary>Whether the statement has a splatted table, which may hold what cannot be read: a variable of whoever
    /// imports is out of a module's sight.</summary>
    /// <returns>True where it has one.</returns>
    public static bool IsSplatted(string statement) => Find(statement)?.CommandElements
        .Any(element => element is VariableExpressionAst { Splatted: true }) == true;

    /// <param name="statement">The statement; any, where a command of the module loads it.</param>
    /// <returns>Whether a cmdlet is imported by its own name. True where nothing can be known.</returns>
    public static Predicate<string> CmdletsOf(string statement)
    {
        if (Find(statement) is not { } import)
        {
            return _ => true;
        }

        Dictionary<string, ParameterBindingResult> given =
            StaticParameterBinder.BindCommand(import, resolve: true).BoundParameters;
        if (given.ContainsKey(Prefix) || given.ContainsKey(NoClobber))
        {
            return _ => false;
        }

        return given.TryGetValue(Cmdlet, out ParameterBindingResult? cmdlets) && Literals(cmdlets) is { } names
            ? name => names.Any(pattern => WildcardPattern.Get(pattern, WildcardOptions.IgnoreCase).IsMatch(name))
            : _ => true;
    }

    private static CommandAst? Find(string statement) => Parser.ParseInput(statement, out _, out _)
        .FindAll(ast => ast is CommandAst, searchNestedScriptBlocks: true)
        .Cast<CommandAst>()
        .FirstOrDefault(command => command.GetCommandName() is { } name && IsImport(name));

    private static bool IsImport(string name) =>
        name.Equals("Import-Module", StringComparison.OrdinalIgnoreCase)
        || name.Equals("ipmo", StringComparison.OrdinalIgnoreCase);

    private static string[]? Literals(ParameterBindingResult argument)
    {
        try
        {
            return LanguagePrimitives.ConvertTo<string[]>((argument.Value as ExpressionAst)?.SafeGetValue());
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
