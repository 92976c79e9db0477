namespace EgressNet.Bench.Live;

/// <summary>What a new session waits for: the import, beside that of a binary module of one empty cmdlet, and
/// the first egress.</summary>
internal static class SessionRun
{
    private const int Rounds = 9;
    private const string Empty = $"{PrivateNamespaces.Folder}/Empty";

    public static void Run()
    {
        Series empty = new("Import-Module of an empty module", 1);
        Series import = new("Import-Module EgressNet", 1, empty);
        Series first = new("first New-ContainerEgress", 1);
        MakeEmptyModule();
        for (int round = 0; round < Rounds; round++)
        {
            empty.Add(Pwsh.Run(Import($"{Empty}/Empty.psd1"))[0][0]);
            TimeSpan[][] times = Pwsh.Run($$"""
                $null = ip netns add first
                {{Import(Pwsh.Module)}}
                $watch.Restart()
                $egress = New-ContainerEgress c1 first 10.200.0.2/24 -Gateway 10.200.0.1
                "$($watch.Elapsed.TotalMilliseconds)"
                $egress | Remove-ContainerEgress
                ip netns del first
                """);
            import.Add(times[0][0]);
            first.Add(times[1][0]);
        }

        Report.Print("New session", import, empty, first);
    }

    private static string Import(string module) => $"""
        $watch = [System.Diagnostics.Stopwatch]::StartNew()
        Import-Module '{module}'
        "$($watch.Elapsed.TotalMilliseconds)"
        """;

    private static void MakeEmptyModule() => Pwsh.Run($$"""
        $null = New-Item {{Empty}} -ItemType Directory
        Add-Type -OutputAssembly {{Empty}}/Empty.dll -TypeDefinition @'
            using System.Management.Automation;
            [Cmdlet("Get", "Nothing")] public sealed class GetNothing : PSCmdlet { }
        '@
        New-ModuleManifest {{Empty}}/Empty.psd1 -RootModule Empty.dll -CmdletsToExport Get-Nothing `
            -FunctionsToExport @() -AliasesToExport @() -VariablesToExport @()
        """);
}
