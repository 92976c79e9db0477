using System.Text.RegularExpressions;
using CliWrap.Buffered;
using EgressNet.Testing;
using Xunit;

namespace EgressNet.Netlink.Tests.Interop;

public sealed partial class CHeadersTests
{
    // Younger than the oldest headers that we build against.
    private static readonly HashSet<string> s_mayBeAbsent =
    [
        "IFA_PROTO", "RTA_NH_ID", "IFLA_PERM_ADDRESS", "RTEXT_FILTER_SKIP_STATS", "NFTA_SET_TYPE", "NFTA_SET_COUNT",
        "SO_NETNS_COOKIE", "CTA_FILTER", "CTA_STATUS_MASK", "CTA_FILTER_ORIG_FLAGS", "CTA_FILTER_REPLY_FLAGS",
        "IFLA_NETKIT_PEER_INFO", "IFLA_NETKIT_MODE", "NDA_FLAGS_EXT", "FRA_DSCP", "FRA_DSCP_MASK", "FRA_SPORT_MASK",
        "FRA_DPORT_MASK",
    ];

    [Fact]
    public void Every_constant_and_struct_is_what_the_C_headers_say()
    {
        RequireCompiler();
        using TemporaryDirectory directory = new();
        HashSet<string> absent = AbsentFrom(directory);
        BufferedCommandResult built = Compile(directory, absent);
        Assert.True(built.IsSuccess, built.StandardError);

        Dictionary<string, long> theirs = Tool.Run(directory.File("layout"))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => (At: line.LastIndexOf('='), Line: line))
            .ToDictionary(entry => entry.Line[..entry.At], entry => long.Parse(entry.Line[(entry.At + 1)..]));
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{theirs.Count} compared; not in these headers: {(absent.Count == 0 ? "none" : string.Join(", ", absent))}");

        Assert.Subset(s_mayBeAbsent, absent);
        Assert.True(theirs.Count > 300);
        Assert.Equal(
            CHeaders.Ours.Where(pair => !absent.Contains(pair.Key)).Select(pair => $"{pair.Key} = {pair.Value}"),
            CHeaders.Ours.Keys.Where(theirs.ContainsKey).Select(name => $"{name} = {theirs[name]}"));
    }

    private static void RequireCompiler()
    {
        Live.RequireTool("gcc");
        if (!System.IO.File.Exists("/usr/include/linux/rtnetlink.h"))
        {
            Assert.Skip("There are no kernel headers here (package linux-libc-dev).");
        }
    }

    private static HashSet<string> AbsentFrom(TemporaryDirectory directory)
    {
        BufferedCommandResult tried = Compile(directory, new HashSet<string>());
        return tried.IsSuccess
            ? []
            : [.. Undeclared().Matches(tried.StandardError).Select(match => match.Groups[1].Value)];
    }

    private static BufferedCommandResult Compile(TemporaryDirectory directory, IReadOnlySet<string> absent)
    {
        System.IO.File.WriteAllText(directory.File("layout.c"), CHeaders.Program(absent));
        return Tool.Try("gcc", "-fno-diagnostics-color", "-w", "-o", directory.File("layout"), directory.File("layout.c"));
    }

    [GeneratedRegex("['‘]([A-Z_0-9]+)['’] undeclared")]
    private static partial Regex Undeclared();

    private sealed class TemporaryDirectory : IDisposable
    {
        private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("egressnet-");

        public string File(string name) => Path.Combine(_directory.FullName, name);

        public void Dispose() => _directory.Delete(recursive: true);
    }
}
