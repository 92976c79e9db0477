using System.Diagnostics;

namespace EgressNet.Tests.Killing;

/// <summary>A process that brings each of many operations, each on a node of its own, to just before one of its changes, and
/// then kills itself.</summary>
internal static class KillChild
{
    /// <summary>The argument by which a process of the tests is one.</summary>
    public const string Word = "kill-child";

    private static readonly TimeSpan s_timeout = TimeSpan.FromMinutes(2);

    /// <summary>Runs jobs in a child until it has killed itself.</summary>
    public static void Run(IEnumerable<KillJob> jobs)
    {
        string file = Path.GetTempFileName();
        File.WriteAllLines(file, jobs.Select(job => job.ToString()));
        try
        {
            using Process child = Process.Start(new ProcessStartInfo(
                Tool.Find("dotnet")!, [typeof(KillChild).Assembly.Location, Word, file])
            {
                RedirectStandardError = true,
            })!;
            string errors = child.StandardError.ReadToEnd();
            child.WaitForExit();
            const int Killed = 128 + 9;
            Assert.True(child.ExitCode == Killed, $"exit code {child.ExitCode}: {errors}");
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>Is the child.</summary>
    public static int Play(string file)
    {
        KillJob[] jobs = [.. File.ReadLines(file).Select(KillJob.Parse)];
        using CountdownEvent waiting = new(jobs.Length);
        foreach (KillJob job in jobs)
        {
            new Thread(() => Run(job, waiting)) { IsBackground = true }.Start();
        }

        if (waiting.Wait(s_timeout))
        {
            Process.GetCurrentProcess().Kill();
        }

        Console.Error.WriteLine($"{waiting.CurrentCount} of {jobs.Length} did not get there.");
        return 1;
    }

    private static void Run(KillJob job, CountdownEvent waiting)
    {
        int changes = 0;
        try
        {
            job.Run(() =>
            {
                if (++changes == job.At)
                {
                    waiting.Signal();
                    Thread.Sleep(Timeout.Infinite);
                }
            });
            waiting.Signal();
        }
        catch (Exception fault)
        {
            Console.Error.WriteLine($"{job}: {fault}");
            Environment.Exit(1);
        }
    }
}
