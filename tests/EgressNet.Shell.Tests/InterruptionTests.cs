using System.Diagnostics;

namespace EgressNet.Shell.Tests;

public sealed class InterruptionTests
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public async Task A_signal_runs_finally_blocks_and_is_the_exit_code(string signal, int code)
    {
        using ScriptFile script = new("""
            try { 'started'; while ($true) { } }
            finally { [Console]::Error.WriteLine("cleaned $((Get-Module EgressNet).Name)") }
            """);
        using Process process = Start(script.Path);
        using CancellationTokenSource deadline = new(s_deadline);
        Assert.Equal("started", await process.StandardOutput.ReadLineAsync(deadline.Token));

        await Send(signal, process, deadline.Token);
        string errors = await process.StandardError.ReadToEndAsync(deadline.Token);
        await process.WaitForExitAsync(deadline.Token);

        Assert.Equal("cleaned EgressNet", errors.Trim());
        Assert.Equal(code, process.ExitCode);
    }

    private static Process Start(string path) => Process.Start(new ProcessStartInfo("dotnet", [Shell.Assembly, path])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    private static async Task Send(string signal, Process process, CancellationToken cancellation)
    {
        using Process kill = Process.Start("sh", ["-c", $"kill -{signal} {process.Id}"]);
        await kill.WaitForExitAsync(cancellation);
    }
}
