using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace EgressNet.Bench.Live;

/// <summary>Get-NetRoute in a warm session, beside running <c>ip -j</c> and reading its JSON.</summary>
/// <remarks>System.Text.Json stands for ConvertFrom-Json, which the engine package does not have.</remarks>
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
        Series[] peers = [ipObjects, ipDocument, objects, document];
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

        foreach (TimeSpan time in TimesInShell())
        {
            own.Add(time);
        }

        table.DeleteBatched();
        Report.Print("Pipeline", [own, .. peers]);
    }

    private static string ShellPath
    {
        get
        {
            DirectoryInfo here = new(AppContext.BaseDirectory.TrimEnd('/'));
            return $"{here.Parent!.Parent}/EgressNet.Shell/{here.Name}/EgressNet.Shell";
        }
    }

    private static IEnumerable<TimeSpan> TimesInShell()
    {
        File.WriteAllText(Script, $$"""
            $watch = [System.Diagnostics.Stopwatch]::new()
            foreach ($round in 1..{{WarmUps + Rounds}}) {
                [GC]::Collect()
                $watch.Restart()
                Get-NetRoute -AddressFamily IPv4 | Out-Null
                $watch.Elapsed.TotalSeconds.ToString([cultureinfo]::InvariantCulture)
            }
            $count = 0
            foreach ($route in Get-NetRoute -AddressFamily IPv4) { $count++ }
            if ($count -ne {{RouteTable.Count}}) { exit 1 }
            """);
        string[] lines = Peer.Read($"{ShellPath} {Script}")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return lines.Skip(WarmUps)
            .Select(line => TimeSpan.FromSeconds(double.Parse(line, CultureInfo.InvariantCulture)));
    }

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
