using CliWrap;
using CliWrap.Buffered;

namespace EgressNet.Shell.Tests;

internal static class Shell
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(60);

    /// <summary>The shell that was built in the same configuration as these tests.</summary>
    public static string Assembly { get; } = Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory, "..", "..", "EgressNet.Shell",
        Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)), "EgressNet.Shell.dll"));

    public static Command Command(params string[] arguments) => Cli.Wrap("dotnet")
        .WithArguments([Assembly, .. arguments])
        .WithEnvironmentVariables(variables => variables.Set("TERM", "dumb"))
        .WithValidation(CommandResultValidation.None);

    public static Task<BufferedCommandResult> Run(params string[] arguments) => Run(Command(arguments));

    public static async Task<BufferedCommandResult> Run(Command command)
    {
        using CancellationTokenSource deadline = new(s_deadline);
        return await command.ExecuteBufferedAsync(deadline.Token);
    }

    public static Task<BufferedCommandResult> RunText(string text) => Run("-Command", text);
}
