using System.Diagnostics;

namespace EgressNet.Bench.Live;

/// <summary>Runs other programs, by the shell, in the namespaces of the calling thread.</summary>
internal static class Peer
{
    public static bool Has(string command) => Start($"{command} > /dev/null 2>&1").ExitCode == 0;

    public static TimeSpan Time(string command)
    {
        Stopwatch watch = Stopwatch.StartNew();
        using Process process = Start(command);
        TimeSpan time = watch.Elapsed;
        return process.ExitCode == 0
            ? time
            : throw new InvalidOperationException($"'{command}' ended with exit code {process.ExitCode}.");
    }

    public static string Read(string command)
    {
        using Process process = Open(command);
        string text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? text
            : throw new InvalidOperationException($"'{command}' ended with exit code {process.ExitCode}.");
    }

    public static Process Open(string command) => Launch(command, output: true);

    private static Process Start(string command)
    {
        Process process = Launch(command, output: false);
        process.WaitForExit();
        return process;
    }

    private static Process Launch(string command, bool output)
    {
        ProcessStartInfo start = new("/bin/sh") { RedirectStandardOutput = output };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add(command);
        return Process.Start(start)!;
    }
}
