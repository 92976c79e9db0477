using System.Collections;
using System.Diagnostics;
using System.IO.Pipes;
using System.Management.Automation;
using System.Text;
using System.Text.RegularExpressions;

namespace EgressNet.Module.Tests;

/// <summary>A throw-away node with a container. The cmdlets of a node act on the namespace of their process, so theirs
/// run in one of its own inside, as those of the Pester files do: a thread of this process that entered the namespace
/// would take threads of the pool along, which its threads start.</summary>
internal sealed partial class EgressNode : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(3);

    private readonly NamedPipeServerStream _pipe;
    private readonly StreamReader _reader;
    private readonly StreamWriter _writer;
    private readonly Process _process;

    public EgressNode()
    {
        Live.RequireTool("nft");
        Live.RequireTool("pwsh");
        Ns.Ip("link set lo up");
        Ns.Exec("sh", "-c", "echo 1 > /proc/sys/net/ipv4/ip_forward; echo 1 > /proc/sys/net/ipv6/conf/all/forwarding");
        string socket = Path.Combine(Path.GetTempPath(), LiveNamespace.NewName());
        _pipe = new NamedPipeServerStream(
            socket, PipeDirection.InOut, 1, PipeTransmissionMode.Byte, PipeOptions.Asynchronous);
        string session = Repository.File("tests", "Pester", "NodeSession.ps1");
        _process = Process.Start(
            "ip", ["netns", "exec", Ns.Name, "pwsh", "-NoProfile", "-File", session, socket, Hosted.Manifest]);
        Assert.True(_pipe.WaitForConnectionAsync().Wait(s_patience), "The process on the node does not answer.");
        _reader = new StreamReader(_pipe);
        _writer = new StreamWriter(_pipe) { AutoFlush = true };
        Run($"$Ns = '{Container.Name}'");
    }

    public LiveNamespace Ns { get; } = new();

    public LiveNamespace Container { get; } = new();

    /// <summary>What there is of links, addresses, routes and the packet filter, without what comes in its own
    /// time.</summary>
    public string State => string.Join('\n', Describe(Ns), Describe(Container), Ns.Exec("nft", "-s", "list", "ruleset"));

    /// <summary>Runs a script on the node, with $Ns the container's namespace. Variables stay for the next one; what
    /// comes back are copies.</summary>
    public NodeOutcome Run(string script)
    {
        _writer.WriteLine(Convert.ToBase64String(Encoding.UTF8.GetBytes(script)));
        Task<string?> answer = _reader.ReadLineAsync();
        Assert.True(answer.Wait(s_patience) && answer.Result is not null, $"No answer to: {script}");
        return new NodeOutcome((Hashtable)Plain(PSSerializer.Deserialize(
            Encoding.UTF8.GetString(Convert.FromBase64String(answer.Result!)))));
    }

    public void Dispose()
    {
        _pipe.Dispose();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(10)))
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
        Container.Dispose();
        Ns.Dispose();
    }

    internal static object Plain(object value) => value is PSObject wrapped ? wrapped.BaseObject : value;

    private static string Describe(LiveNamespace ns) => string.Join('\n', string.Join(
        '\n',
        ns.Ip("-o link show"),
        ns.Ip("-o address show"),
        ns.Ip("route show table all"),
        ns.Ip("-6 route show table all"))
        .Split('\n')
        .Where(line => !line.Contains("fe80:"))
        .Select(line => OwnTime().Replace(line, "")));

    // The carrier is reported up to a second late.
    [GeneratedRegex("NO-CARRIER,|,LOWER_UP| state [A-Z]+| linkdown")]
    private static partial Regex OwnTime();
}

internal sealed record NodeError(string Id, string Category, string Message, string Target, string? TargetType);

internal sealed class NodeOutcome(Hashtable sorted)
{
    public object[] Output => Items("Output");

    public NodeError[] Errors =>
    [
        .. Items("Errors").Cast<PSObject>().Select(each => (Hashtable)each.BaseObject).Select(each => new NodeError(
            $"{each["Id"]}", $"{each["Category"]}", $"{each["Message"]}", $"{each["Target"]}", each["TargetType"]?.ToString())),
    ];

    /// <summary>What a person would have seen.</summary>
    public string[] Lines => [.. Items("Lines").Select(each => $"{each}")];

    /// <summary>The output as text, where there was no error.</summary>
    public string[] Clean
    {
        get
        {
            Assert.Empty(Errors.Select(error => $"{error.Message} ({error.Id})"));
            return [.. Output.Select(each => $"{each}")];
        }
    }

    private object[] Items(string key) => [.. ((IEnumerable)EgressNode.Plain(sorted[key]!)).Cast<object>()];
}
