using System.Management.Automation.Runspaces;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Microsoft.Win32.SafeHandles;

namespace EgressNet.Module.Tests;

/// <summary>A throw-away node with a container. The cmdlets of a node act on the namespace that they are called in, so
/// scripts run on a thread that enters the node's and ends there.</summary>
internal sealed partial class EgressNode : IDisposable
{
    private const int CLONE_NEWNET = 0x40000000;

    public EgressNode()
    {
        Live.RequireTool("nft");
        Ns.Ip("link set lo up");
        Ns.Exec("sh", "-c", "echo 1 > /proc/sys/net/ipv4/ip_forward; echo 1 > /proc/sys/net/ipv6/conf/all/forwarding");
    }

    public LiveNamespace Ns { get; } = new();

    public LiveNamespace Container { get; } = new();

    /// <summary>What there is of links, addresses, routes and the packet filter, without what comes in its own time.</summary>
    public string State => string.Join('\n', Describe(Ns), Describe(Container), Ns.Exec("nft", "-s", "list", "ruleset"));

    /// <summary>Runs a script in a runspace of its own, with $Ns the container's namespace.</summary>
    public Outcome Run(string script) => Inside(hosted => Run(hosted, script));

    public Outcome Run(Hosted hosted, string script) =>
        hosted.Run($"param($Ns) {script}", new { Ns = Container.Name });

    public void Inside(Action<Hosted> work) => Inside(hosted =>
    {
        work(hosted);
        return true;
    });

    public T Inside<T>(Func<Hosted, T> work)
    {
        T result = default!;
        ExceptionDispatchInfo? fault = null;
        Thread thread = new(() =>
        {
            try
            {
                Enter();
                using Hosted hosted = new(PSThreadOptions.UseCurrentThread);
                result = work(hosted);
            }
            catch (Exception exception)
            {
                fault = ExceptionDispatchInfo.Capture(exception);
            }
        });
        thread.UnsafeStart();
        thread.Join();
        fault?.Throw();
        return result;
    }

    public void Dispose()
    {
        Container.Dispose();
        Ns.Dispose();
    }

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

    private void Enter()
    {
        using SafeFileHandle handle = File.OpenHandle(Ns.Path, share: FileShare.ReadWrite);
        Assert.Equal(0, setns((int)handle.DangerousGetHandle(), CLONE_NEWNET));
    }

    [DllImport("libc", SetLastError = true)]
    private static extern int setns(int fd, int nstype);
}
