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
        using RouteTable table = new();
        table.AddBatched();
        foreach (TimeSpan[] round in Pwsh.Run($$"""
            Import-Module '{{Pwsh.Module}}'
            foreach ($list in { {{Own}} }, { {{Ip}} }) {
                if (@(& $list).Count -ne {{RouteTable.Count}}) { exit 1 }
            }
            foreach ($round in 1..{{WarmUps + Rounds}}) {
                $times = foreach ($work in { {{Own}} | Out-Null }, { {{Ip}} | Out-Null }) {
                    [System.GC]::Collect()
                    (Measure-Command $work).TotalMilliseconds
                }
                "$times"
            }
            """).Skip(WarmUps))
        {
            own.Add(round[0]);
            json.Add(round[1]);
        }

        table.DeleteBatched();
        Report.Print("Pipeline", own, json);
    }
}
