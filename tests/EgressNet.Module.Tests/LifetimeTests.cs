using System.Diagnostics;
using System.Management.Automation;

namespace EgressNet.Module.Tests;

[Collection(nameof(Alone))]
public sealed class LifetimeTests
{
    [Fact, Trait("Convention", "22")]
    public void A_wait_for_duplicate_address_detection_ends_at_once_when_stopped()
    {
        using Container container = new();
        using Hosted hosted = new();
        container.Ns.Exec("sh", "-c", "echo 100 > /proc/sys/net/ipv6/conf/v0/dad_transmits");
        using PowerShell shell = hosted.Shell();
        shell.AddScript("param($Ns) New-NetIPAddress fd00::77/64 -InterfaceAlias v0 -NetNamespace $Ns -WaitForDad")
            .AddParameter("Ns", container.Name);
        IAsyncResult run = shell.BeginInvoke();
        Eventually.True(() => container.Ns.Ip("address show dev v0").Contains("fd00::77"));
        Assert.False(run.IsCompleted);

        long started = Stopwatch.GetTimestamp();
        shell.Stop();
        TimeSpan took = Stopwatch.GetElapsedTime(started);

        Assert.True(took < TimeSpan.FromSeconds(1), $"{took}");
        Assert.Equal(PSInvocationState.Stopped, shell.InvocationStateInfo.State);
        Eventually.True(() => !container.Ns.Ip("address show dev v0").Contains("fd00::77"));
    }

    [Fact, Trait("Convention", "23")]
    public void Two_hundred_runs_leave_no_file_open()
    {
        using Container container = new();
        using Hosted hosted = new();
        object names = new { Ns = container.Name };
        const string script = "param($Ns) for ($i = 0; $i -lt 100; $i++) { $null = Get-NetRoute -NetNamespace $Ns }";
        Assert.Empty(hosted.Run(script, names).Clean);
        int before = Directory.GetFiles("/proc/self/fd").Length;
        Assert.Empty(hosted.Run(script, names).Clean);
        Assert.Empty(hosted.Run(script, names).Clean);
        Assert.InRange(Directory.GetFiles("/proc/self/fd").Length, 0, before + 3);
    }

    [Fact, Trait("Convention", "23")]
    public void Errors_and_broken_off_pipelines_leave_no_file_open()
    {
        using Container container = new();
        using Hosted hosted = new();
        object names = new { Ns = container.Name };
        const string script = """
            param($Ns)
            for ($i = 0; $i -lt 50; $i++) {
                try { Get-NetRoute 203.0.113.0/24 -NetNamespace $Ns -ErrorAction Stop } catch { }
                try { Get-NetRoute -NetNamespace $Ns -RouteTable all | ForEach-Object { throw 'enough' } } catch { }
                try { New-NetRoute 192.0.2.0/24 -InterfaceAlias v0 -NetNamespace $Ns -ErrorAction Stop } catch { }
            }
            """;
        hosted.Run(script, names);
        int before = Directory.GetFiles("/proc/self/fd").Length;
        hosted.Run(script, names);
        hosted.Run(script, names);
        Assert.InRange(Directory.GetFiles("/proc/self/fd").Length, 0, before + 3);
    }

    [Fact]
    public void No_thread_is_left_in_another_namespace()
    {
        using Container container = new();
        using Hosted hosted = new();
        Assert.NotEmpty(hosted.Run(
            """
            param($Ns)
            Get-NetRoute -NetNamespace $Ns
            Get-NetIPAddress -NetNamespace $Ns
            New-NetRoute 10.1.0.0/16 -InterfaceAlias v0 -NetNamespace $Ns
            Get-NetNamespace $Ns
            """,
            new { Ns = container.Name }).Clean);
        string own = new FileInfo("/proc/self/ns/net").LinkTarget!;
        Eventually.True(() => Directory.GetDirectories("/proc/self/task").All(task =>
            (new FileInfo($"{task}/ns/net").LinkTarget ?? own) == own));
    }
}

/// <summary>What counts the files of the whole process runs by itself.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
