namespace EgressNet.Bench.Live;

/// <summary>Routes and addresses from objects in a warm session, beside <c>ip -batch</c> in the same rounds, by the clock
/// and by the processor.</summary>
internal static class PipelineWriteRun
{
    private const int Rounds = 5;
    private const int WarmUps = 2;
    private const int Routes = 50_000;
    private const int Addresses = 2_000;

    public static void Run()
    {
        (Series[] clock, Series[] processor) = (MakeSeries(""), MakeSeries(", processor"));
        double[] bytes = new double[clock.Length];
        foreach (TimeSpan[] round in Pwsh.Run(Script).Skip(WarmUps))
        {
            for (int i = 0; i < clock.Length; i++)
            {
                clock[i].Add(round[3 * i]);
                processor[i].Add(round[(3 * i) + 1]);
                bytes[i] = round[(3 * i) + 2].TotalMilliseconds;
            }
        }

        Report.Print("Pipeline from objects", clock);
        Report.Print("Pipeline from objects, processor time", processor);
        Report.Line($"  New-NetRoute by property name allocated: {bytes[1]:N0} bytes a route, PowerShell's binding included");
        Report.Line($"  New-NetRoute from NetRoute allocated: {bytes[2]:N0} bytes a route");
        Report.Line($"  Remove-NetRoute allocated: {bytes[4]:N0} bytes a route");
    }

    private static Series[] MakeSeries(string suffix)
    {
        Series ipAdd = new($"ip -batch, routes{suffix}", Routes);
        Series ipDelete = new($"ip -batch, routes deleted{suffix}", Routes);
        Series ipAddress = new($"ip -batch, addresses{suffix}", Addresses);
        return
        [
            ipAdd,
            new($"New-NetRoute by name{suffix}", Routes, ipAdd),
            new($"New-NetRoute from NetRoute{suffix}", Routes, ipAdd),
            ipDelete,
            new($"Remove-NetRoute{suffix}", Routes, ipDelete),
            ipAddress,
            new($"New-NetIPAddress{suffix}", Addresses, ipAddress),
        ];
    }

    private static string Script => $$"""
        Import-Module '{{Pwsh.Module}}'
        'link add w0 type veth peer name w1', 'link set w0 up', 'link set w1 up' | ip -batch -
        $prefixes = foreach ($i in 0..{{Routes - 1}}) { "10.$($i -shr 16).$($i -shr 8 -band 255).$($i -band 255)/32" }
        $locals = foreach ($i in 0..{{Addresses - 1}}) { "172.16.$($i -shr 8).$($i -band 255)/32" }
        Set-Content {{PrivateNamespaces.Folder}}/add $prefixes.ForEach({ "route add $_ dev w0" })
        Set-Content {{PrivateNamespaces.Folder}}/del $prefixes.ForEach({ "route del $_ dev w0" })
        Set-Content {{PrivateNamespaces.Folder}}/addresses $locals.ForEach({ "address add $_ dev w0" })
        $items = $prefixes.ForEach({ [pscustomobject]@{ DestinationPrefix = $_; InterfaceAlias = 'w0' } })
        $own = $locals.ForEach({ [pscustomobject]@{ IPAddress = $_; InterfaceAlias = 'w0' } })
        $process = [System.Diagnostics.Process]::GetCurrentProcess()

        function Measure-Here([scriptblock] $Work) {
            [System.GC]::Collect()
            $process.Refresh()
            $before, $bytes = $process.TotalProcessorTime, [System.GC]::GetTotalAllocatedBytes($true)
            $time = (Measure-Command $Work).TotalMilliseconds
            $bytes = [System.GC]::GetTotalAllocatedBytes($true) - $bytes
            $process.Refresh()
            $time, ($process.TotalProcessorTime - $before).TotalMilliseconds, [int]($bytes / {{Routes}})
        }

        function Measure-Ip([string] $File) {
            $words = bash -c "TIMEFORMAT='%R %U %S'; time ip -batch {{PrivateNamespaces.Folder}}/$File" 2>&1
            $real, $user, $system = "$words".Split(' ').ForEach([double])
            (1000 * $real), (1000 * ($user + $system)), 0
        }

        foreach ($round in 1..{{WarmUps + Rounds}}) {
            $times = @(
                Measure-Ip add
                ip route flush root 10.0.0.0/8
                Measure-Here { $items | New-NetRoute | Out-Null }
                $made = Get-NetRoute 10.*
                $made | Remove-NetRoute
                Measure-Here { $made | New-NetRoute | Out-Null }
                Measure-Ip del
                $null = $made | New-NetRoute
                Measure-Here { $made | Remove-NetRoute }
                Measure-Ip addresses
                ip address flush dev w0 scope global
                Measure-Here { $own | New-NetIPAddress | Out-Null }
                ip address flush dev w0 scope global
            )
            if ($times.Count -ne 21 -or $made.Count -ne {{Routes}}) { exit 1 }
            "$times"
        }

        ip link delete w0
        """;
}
