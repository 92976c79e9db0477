namespace EgressNet.Shell;

internal enum Source
{
    Help,
    File,
    Text,
    StandardInput,
}

internal sealed record CommandLine(Source Source, string Script = "", string[]? Arguments = null)
{
    public const string Usage = """
        Runs PowerShell on the EgressNet module where no pwsh is installed.

        EgressNet.Shell script.ps1 [arguments]    runs a script file
        EgressNet.Shell -Command text             runs the text
        EgressNet.Shell [- [arguments]]           runs a script read from standard input
        EgressNet.Shell --help                    shows this text

        Arguments are passed as pwsh -File passes them: -Name value, -Switch, -Switch:$false.
        EGRESSNET_MODULE names the module to load, if not the one built beside this program.
        Exit code: that of exit, 1 after an uncaught error, 64 for wrong usage, 130 after Ctrl+C.
        """;

    public static CommandLine Parse(string[] args, bool inputRedirected) => args switch
    {
        [] when inputRedirected => new(Source.StandardInput),
        [] or ["--help" or "-h" or "-?" or "-Help", ..] => new(Source.Help),
        ["-", .. var rest] => new(Source.StandardInput, Arguments: rest),
        [var option, .. var text] when IsCommand(option) => Command(text),
        [var option, ..] when option.StartsWith('-') => throw new UsageException($"Unknown option {option}."),
        [var path, .. var rest] => new(Source.File, ScriptFile(path), rest),
    };

    private static bool IsCommand(string option) =>
        option.Equals("-Command", StringComparison.OrdinalIgnoreCase) || option is "-c";

    private static CommandLine Command(string[] text) => text switch
    {
        [] => throw new UsageException("-Command needs the text to run."),
        ["-"] => new(Source.StandardInput),
        _ => new(Source.Text, string.Join(' ', text)),
    };

    private static string ScriptFile(string path)
    {
        string full = Path.GetFullPath(path);
        if (!File.Exists(full))
            throw new UsageException($"The script file '{path}' does not exist.");
        if (!full.EndsWith(".ps1", StringComparison.OrdinalIgnoreCase))
            throw new UsageException($"The script file '{path}' has no .ps1 extension.");
        return full;
    }
}
