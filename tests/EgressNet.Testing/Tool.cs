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

    public static string Run(string program, params IEnumerable<string> arguments)
    {
        string[] all = [.. arguments];
        BufferedCommandResult result = Try(program, all);
        return result.IsSuccess
            ? result.StandardOutput
            : throw new InvalidOperationException(
                $"{program} {string.Join(' ', all)}: exit code {result.ExitCode}: {result.StandardError.Trim()}");
    }
}
