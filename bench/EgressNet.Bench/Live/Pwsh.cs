using System.Globalization;

namespace EgressNet.Bench.Live;

/// <summary>Scripts in a new session of the pinned PowerShell, which print times in milliseconds.</summary>
internal static class Pwsh
{
    private const string Script = $"{PrivateNamespaces.Folder}/session.ps1";

    public static string Module { get; } = $"{Root()}/artifacts/module/EgressNet/EgressNet.psd1";

    public static TimeSpan[][] Run(string script)
    {
        File.WriteAllText(Script, script);
        return [.. Peer.Read($"cd '{Root()}' && dotnet pwsh -NoProfile -NonInteractive -File {Script}")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' ').Select(Time).ToArray())];
    }

    private static TimeSpan Time(string text) =>
        TimeSpan.FromMilliseconds(double.Parse(text, CultureInfo.InvariantCulture));

    private static string Root()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists($"{folder}/EgressNet.sln"))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return folder;
    }
}
