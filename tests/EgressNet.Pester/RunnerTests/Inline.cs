using EgressNet.Pester.Model;
using EgressNet.Pester.Running;

namespace EgressNet.Pester.RunnerTests;

internal static class Inline
{
    public static SpecResult Run(string text)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("egressnet-pester-");
        try
        {
            string path = Path.Combine(folder.FullName, "Inline.Tests.ps1");
            File.WriteAllText(path, text);
            using SpecSession session = new(module: null);
            SpecRun run = session.Discover(path);
            return SpecResult.Of(run.Problems.Count > 0 ? run : session.Run());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Runs the text as the body of one It.</summary>
    public static Outcome RunCase(string body)
    {
        SpecResult result = Run($"Describe 'd' {{ It 'i' {{ {body} }} }}");
        Assert.Empty(result.Problems);
        return Assert.Single(result.Cases.Values)!;
    }
}
