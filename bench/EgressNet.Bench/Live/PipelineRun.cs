using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace EgressNet.Bench.Live;

/// <summary>Get-NetRoute in a warm session, beside running <c>ip -j</c> and reading its JSON.</summary>
/// <remarks>ConvertFrom-Json, which the engine package lacks, is played by <see cref="ConvertFromJsonStandIn"/>, in
/// the session that runs Get-NetRoute too. System.Text.Json shows how far a faster parser would get.</remarks>
internal static class PipelineRun
{
    private const int Rounds = 7;
    private const int WarmUps = 3;
    private const string Ip = "ip -4 -j route show";
    private const string Script = $"{PrivateNamespaces.Folder}/pipeline.ps1";

    public static void Run()
    {
        Series document = new("JsonDocument alone", RouteTable.Count);
        Series objects = new("PSObject alone", RouteTable.Count);
        Series ipDocument = new("ip -j route, JsonDocument", RouteTable.Count);
        Series ipObjects = new("ip -j route, PSObject", RouteTable.Count);
        Series ipStandIn = new("ip -j route | ConvertFrom-Json stand-in", RouteTable.Count);
        Series[] peers = [ipStandIn, ipObjects, ipDocument, objects, document];
        Series own = new("Get-NetRoute | Out-Null", RouteTable.Count, peers);
        if (!File.Exists(ShellPath))
        {
            Report.Line($"\nPipeline: module not built, no {ShellPath}");
            return;
        }

        using RouteTable table = new();
        table.AddBatched();
        byte[] json = ReadJson();
        Warm(() => ParseDocument(json));
        Warm(() => ParseObjects(json));
        for (int round = 0; round < Rounds; round++)
        {
            document.Measure(() => ParseDocument(json));
            objects.Measure(() => ParseObjects(json));
            ipDocument.Measure(() => ParseDocument(ReadJson()));
            ipObjects.Measure(() => ParseObjects(ReadJson()));
        }

        foreach (TimeSpan[] round in TimesInShell())
        {
            own.Add(round[0]);
            ipStandIn.Add(round[1]);
        }

        table.DeleteBatched();
        Report.Print("Pipeline", [own, .. peers]);
        Report.Line($"  stand-in: Newtonsoft.Json to PSObjects, in the same session, as that cmdlet does it");
    }

    private static string ShellPath
    {
        get
        {
            DirectoryInfo here = new(AppContext.BaseDirectory.TrimEnd('/'));
            return $"{here.Parent!.Parent}/EgressNet.Shell/{here.Name}/EgressNet.Shell";
        }
    }

    private static IEnumerable<TimeSpan[]> TimesInShell()
    {
        File.WriteAllText(Script, $$"""
            Import-Module '{{typeof(ConvertFromJsonStandIn).Assembly.Location}}'
            function Measure-Seconds([scriptblock] $work) {
                [GC]::Collect()
                $watch = [System.Diagnostics.Stopwatch]::StartNew()
                . $work
                $watch.Elapsed.TotalSeconds.ToString([cultureinfo]::InvariantCulture)
            }
            foreach ($round in 1..{{WarmUps + Rounds}}) {
                $own = Measure-Seconds { Get-NetRoute -AddressFamily IPv4 | Out-Null }
                $standIn = Measure-Seconds { {{Ip}} | ConvertFrom-Json | Out-Null }
                "$own $standIn"
            }
            foreach ($list in { Get-NetRoute -AddressFamily IPv4 }, { {{Ip}} | ConvertFrom-Json }) {
                $count = 0
                foreach ($route in & $list) { $count++ }
                if ($count -ne {{RouteTable.Count}}) { exit 1 }
            }
            """);
        string[] lines = Peer.Read($"{ShellPath} {Script}")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return lines.Skip(WarmUps).Select(line => line.Split(' ').Select(Seconds).ToArray());
    }

    private static TimeSpan Seconds(string text) =>
        TimeSpan.FromSeconds(double.Parse(text, CultureInfo.InvariantCulture));

    private static byte[] ReadJson()
    {
        using Process process = Peer.Open(Ip);
        using MemoryStream copy = new();
        process.StandardOutput.BaseStream.CopyTo(copy);
        process.WaitForExit();
        return copy.ToArray();
    }

    private static void Warm(Action work)
    {
        for (int i = 0; i < WarmUps; i++)
        {
            work();
        }
    }

    private static void ParseDocument(byte[] json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        RouteTable.Expect(document.RootElement.GetArrayLength());
    }

    private static void ParseObjects(byte[] json) => RouteTable.Expect(JsonObjects.Parse(json).Count);
}
