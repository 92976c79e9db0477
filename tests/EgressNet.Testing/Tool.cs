using CliWrap;
using CliWrap.Buffered;

namespace EgressNet.Testing;

/// <summary>Runs a program to its end.</summary>
public static class Tool
{
    public static string? Find(string program) =>
        $"{Environment.GetEnvironmentVariable("PATH")}:/usr/sbin:/sbin"
            .Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Select(directory => Path.Combine(directory, program))
            .FirstOrDefault(File.Exists);

    public static BufferedCommandResult Try(string program, params IEnumerable<string> arguments) =>
        Try(Cli.Wrap(Find(program) ?? program).WithArguments(arguments));

    public static BufferedCommandResult Try(Command command) =>
        command.WithValidation(CommandResultValidation.None).ExecuteBufferedAsync().GetAwaiter().GetResult();

    public static string Run(string program, params IEnumerable<string> arguments) => RunWith("", program, arguments);

    /// <summary>As <see cref="Run"/>, with this to read.</summary>
    public static string RunWith(string input, string program, params IEnumerable<string> arguments)
    {
        string[] all = [.. arguments];
        Command command = Cli.Wrap(Find(program) ?? program).WithArguments(all);
        BufferedCommandResult result = Try(
            input.Length > 0 ? command.WithStandardInputPipe(PipeSource.FromString(input)) : command);
        return result.IsSuccess
            ? result.StandardOutput
            : throw new InvalidOperationException(
                $"{program} {string.Join(' ', all)}: exit code {result.ExitCode}: {result.StandardError.Trim()}");
    }
}
