using System.Globalization;

namespace EgressNet.Module.Tests;

public sealed class EgressLifetimeTests
{
    private const int Runspaces = 8;
    private const int Each = 25;

    [Fact, Trait("Convention", "23")]
    public void A_hundred_runs_leave_no_file_open()
    {
        using EgressNode node = new();
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
        int Files() => int.Parse(
            Assert.Single(node.Run("[System.IO.Directory]::GetFiles('/proc/self/fd').Length").Clean), CultureInfo.InvariantCulture);
        Assert.Empty(node.Run(script).Clean);
        int before = Files();
        Assert.Empty(node.Run(script).Clean);
        Assert.Empty(node.Run(script).Clean);
        Assert.InRange(Files(), 0, before + 3);
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
            const string threads = "[System.IO.Directory]::GetDirectories('/proc/self/task') | ForEach-Object { [System.IO.FileInfo]::new(\"$_/ns/net\").LinkTarget }";
            string own = Assert.Single(node.Run(threads).Clean.Where(ns => ns.Length > 0).Distinct());

            Assert.Empty(node.Run($$"""
                $work = {
                    param($Ns, $Number, $Each)
                    $made = @(for ($i = 1; $i -le $Each; $i++) {
                        New-ContainerEgress "c$Number-$i" $Ns "10.$Number.$i.5/24", "fd00:${Number}:${i}::5/64" -Name "eg$i" `
                            -Gateway "10.$Number.$i.1", "fd00:${Number}:${i}::1" -Route "10.$Number.$i.128/25" -ExcludePrefix 10.0.0.0/8
                    })
                    "made $($made.Count)"
                    $made | Test-ContainerEgress | ForEach-Object { if (-not $_.InDesiredState) { "$_" } }
                    for ($i = 0; $i -lt $Each; $i += 2) { $made[$i] | Remove-ContainerEgress }
                    for ($i = 1; $i -lt $Each; $i += 2) { Remove-ContainerEgress $made[$i].ContainerId }
                    "alone $(@(Get-ContainerEgress "c$Number-*").Count)"
                }
                $state = [initialsessionstate]::CreateDefault2()
                $state.ImportPSModule('{{Hosted.Manifest}}')
                $number = 0
                $shells = foreach ($ns in '{{string.Join("', '", containers.Select(each => each.Name))}}') {
                    $number++
                    $shell = [powershell]::Create($state)
                    $null = $shell.AddScript($work).AddArgument($ns).AddArgument($number).AddArgument({{Each}})
                    $shell
                }
                """).Clean);
            string[] told = node.Run("""
                $runs = foreach ($shell in $shells) { , @($shell, $shell.BeginInvoke()) }
                foreach ($run in $runs) {
                    $run[0].EndInvoke($run[1])
                    $run[0].Streams.Error | ForEach-Object { "$_ ($($_.FullyQualifiedErrorId))" }
                }
                """).Clean;

            Assert.Equal(
                Enumerable.Repeat((string[])[$"made {Each}", "alone 0"], Runspaces).SelectMany(lines => lines), told);
            Assert.Equal(before, node.State);
            Assert.Equal(bare, containers.Select(each => each.Ip("-o link show")));
            Eventually.True(() => node.Run(threads).Clean.All(ns => ns == own || ns.Length == 0));
        }
        finally
        {
            Array.ForEach(containers, each => each.Dispose());
        }
    }
}
