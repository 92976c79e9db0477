using System.Collections.Concurrent;

namespace EgressNet.Module.Tests;

[Collection(nameof(Alone))]
public sealed class EgressLifetimeTests
{
    private const int Runspaces = 8;
    private const int Each = 25;

    [Fact, Trait("Convention", "23")]
    public void A_hundred_runs_leave_no_file_open()
    {
        using EgressNode node = new();
        node.Inside(hosted =>
        {
            const string script = """
                for ($i = 0; $i -lt 50; $i++) {
                    $egress = New-ContainerEgress c1 $Ns 10.1.0.5/24, fd00:9::5/64 -Gateway 10.1.0.1, fd00:9::1
                    $null = Get-ContainerEgress | Test-ContainerEgress | Repair-ContainerEgress
                    $null = New-EgressNat 10.9.0.5 c9
                    try { New-ContainerEgress c1 $Ns 10.1.0.5/24 -Gateway 10.1.0.1 -ErrorAction Stop } catch { }
                    try { New-ContainerEgress c2 $Ns 10.1.0.5/24 -Gateway 10.1.0.1 -ErrorAction Stop } catch { }
                    try { Get-ContainerEgress | ForEach-Object { throw 'enough' } } catch { }
                    Get-EgressNat 10.9.0.5 | Remove-EgressNat
                    $egress | Remove-ContainerEgress
                }
                """;
            Assert.Empty(node.Run(hosted, script).Clean);
            int before = Directory.GetFiles("/proc/self/fd").Length;
            Assert.Empty(node.Run(hosted, script).Clean);
            Assert.Empty(node.Run(hosted, script).Clean);
            Assert.InRange(Directory.GetFiles("/proc/self/fd").Length, 0, before + 3);
        });
    }

    [Fact]
    public void Eight_runspaces_at_once_make_and_remove_two_hundred_attachments()
    {
        using EgressNode node = new();
        LiveNamespace[] containers = [.. Enumerable.Range(0, Runspaces).Select(_ => new LiveNamespace())];
        try
        {
            string before = node.State;
            string[] bare = [.. containers.Select(each => each.Ip("-o link show"))];
            Dictionary<string, string?> threads = Threads();
            string own = new FileInfo("/proc/self/ns/net").LinkTarget!;
            Assert.All(threads.Values, ns => Assert.Equal(own, ns));
            ConcurrentBag<string> faults = [];
            ConcurrentBag<string> spaces = [];
            using Barrier start = new(Runspaces);
            Thread[] workers = [.. Enumerable.Range(0, Runspaces).Select(number => new Thread(() => Work(number)))];
            Array.ForEach(workers, worker => worker.Start());
            Array.ForEach(workers, worker => worker.Join());

            Assert.Empty(faults);
            Assert.Single(spaces.Distinct());
            Assert.Equal(before, node.State);
            Assert.Equal(bare, containers.Select(each => each.Ip("-o link show")));
            Dictionary<string, string?> after = Threads();
            Assert.All(threads.Where(each => after.ContainsKey(each.Key)), each => Assert.Equal(each.Value, after[each.Key]));
            Eventually.True(() => Threads().Values.All(ns => ns is null || ns == own));

            void Work(int number)
            {
                try
                {
                    node.Inside(hosted =>
                    {
                        spaces.Add(new FileInfo("/proc/thread-self/ns/net").LinkTarget!);
                        start.SignalAndWait();
                        Outcome outcome = hosted.Run(
                            """
                            param($Ns, $Number, $Each)
                            $made = for ($i = 1; $i -le $Each; $i++) {
                                New-ContainerEgress "c$Number-$i" $Ns "10.$Number.$i.5/24", "fd00:${Number}:${i}::5/64" -Name "eg$i" `
                                    -Gateway "10.$Number.$i.1", "fd00:${Number}:${i}::1" -Route "10.$Number.$i.128/25" -ExcludePrefix 10.0.0.0/8
                            }
                            if ($made.Count -ne $Each) { throw "$($made.Count) made" }
                            $tests = @($made | Test-ContainerEgress)
                            $tests | ForEach-Object { if (-not $_.InDesiredState) { throw "$_" } }
                            for ($i = 0; $i -lt $Each; $i += 2) { $made[$i] | Remove-ContainerEgress }
                            for ($i = 1; $i -lt $Each; $i += 2) { Remove-ContainerEgress $made[$i].ContainerId }
                            """,
                            new { Ns = containers[number].Name, Number = number + 1, Each });
                        foreach (System.Management.Automation.ErrorRecord error in outcome.Errors)
                        {
                            faults.Add($"{number}: {error} ({error.FullyQualifiedErrorId})");
                        }

                        spaces.Add(new FileInfo("/proc/thread-self/ns/net").LinkTarget!);
                    });
                }
                catch (Exception fault)
                {
                    faults.Add($"{number}: {fault.Message}");
                }
            }
        }
        finally
        {
            Array.ForEach(containers, each => each.Dispose());
        }
    }

    private static Dictionary<string, string?> Threads() => Directory.GetDirectories("/proc/self/task")
        .ToDictionary(task => task, task => new FileInfo($"{task}/ns/net").LinkTarget);
}
