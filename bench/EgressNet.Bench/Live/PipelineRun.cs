namespace EgressNet.Bench.Live;

/// <summary>Get-NetRoute in a warm session, beside running <c>ip -j</c> and reading its JSON there.</summary>
internal static class PipelineRun
{
    private const int Rounds = 7;
    private const int WarmUps = 3;
    private const string Ip = "ip -4 -j route show | ConvertFrom-Json";
    private const string Own = "Get-NetRoute -AddressFamily IPv4";

    public static void Run()
    {
        Series json = new("ip -j route | ConvertFrom-Json | Out-Null", RouteTable.Count);
        Series own = new("Get-NetRoute | Out-Null", RouteTable.Count, json);
        Series jsonProcessor = new("ip -j route | ConvertFrom-Json, processor", RouteTable.Count);
        Series ownProcessor = new("Get-NetRoute, processor", RouteTable.Count, jsonProcessor);
        using RouteTable table = new();
        table.AddBatched();
        foreach (TimeSpan[] round in Pwsh.Run($$"""
            Import-Module '{{Pwsh.Module}}'
            foreach ($list in { {{Own}} }, { {{Ip}} }) {
                if (@(& $list).Count -ne {{RouteTable.Count}}) { exit 1 }
            }
            $process = [System.Diagnostics.Process]::GetCurrentProcess()
            foreach ($round in 1..{{WarmUps + Rounds}}) {
                $times = foreach ($work in { {{Own}} | Out-Null }, { {{Ip}} | Out-Null }) {
                    [System.GC]::Collect()
                    $process.Refresh()
                    $before = $process.TotalProcessorTime
                    (Measure-Command $work).TotalMilliseconds
                    $process.Refresh()
                    ($process.TotalProcessorTime - $before).TotalMilliseconds
                }
                "$times"
            }
            """).Skip(WarmUps))
        {
            own.Add(round[0]);
            ownProcessor.Add(round[1]);
            json.Add(round[2]);
            jsonProcessor.Add(round[3]);
        }

        table.DeleteBatched();
        Report.Print("Pipeline", own, json, ownProcessor, jsonProcessor);
    }
}
