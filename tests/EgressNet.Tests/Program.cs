using EgressNet.Tests.Killing;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

namespace EgressNet.Tests;

/// <summary>What xunit would make, and besides the children of some tests.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] args) => args switch
    {
        [KillChild.Word, string jobs] => KillChild.Play(jobs),
        [DescriptorChild.Word, string job] => DescriptorChild.Play(job),
        _ when args.Any(arg => arg is "--server" or "--internal-msbuild-node") =>
            await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions),
        _ => await ConsoleRunner.Run(args),
    };
}
