using System.Globalization;
using System.Net.Sockets;
using CliWrap.Buffered;
using Xunit;

namespace EgressNet.Testing;

/// <summary>Whether this process may work on network namespaces of a real kernel. Tests ask first.</summary>
public static class Live
{
    private const int CAP_NET_ADMIN = 12;
    private const int CAP_SYS_ADMIN = 21;
    private const int SOL_SOCKET = 1;
    private const int SO_NETNS_COOKIE = 71;

    private static readonly Lazy<string?> s_obstacle = new(FindObstacle);

    /// <summary>Skips the test, saying why, where there is no <c>ip</c> program or no right to use it.</summary>
    public static void Require()
    {
        if (s_obstacle.Value is string reason)
        {
            Assert.Skip(reason);
        }
    }

    /// <summary>As <see cref="Require"/>, and skips the test on a kernel older than the feature.</summary>
    public static void RequireKernel(int major, int minor, string feature)
    {
        Require();
        Version kernel = Environment.OSVersion.Version;
        if (kernel < new Version(major, minor))
        {
            Assert.Skip($"{feature} came with Linux {major}.{minor}; this is {kernel.ToString(2)}.");
        }
    }

    /// <summary>Skips the test where a program is missing.</summary>
    public static void RequireTool(string program)
    {
        if (Tool.Find(program) is null)
        {
            Assert.Skip($"There is no '{program}' program here.");
        }
    }

    /// <summary>Whether the kernel tells SO_NETNS_COOKIE, as .NET's own sockets have it.</summary>
    public static bool HasNamespaceCookies
    {
        get
        {
            try
            {
                using Socket socket = new(SocketType.Dgram, ProtocolType.Udp);
                return socket.GetRawSocketOption(SOL_SOCKET, SO_NETNS_COOKIE, new byte[sizeof(ulong)]) == sizeof(ulong);
            }
            catch (SocketException)
            {
                return false;
            }
        }
    }

    /// <summary>Whether the process has this capability in effect.</summary>
    public static bool HasCapability(int capability)
    {
        const string field = "CapEff:";
        string line = File.ReadLines("/proc/self/status").First(line => line.StartsWith(field));
        ulong effective = ulong.Parse(line[field.Length..].Trim(), NumberStyles.HexNumber);
        return (effective >> capability & 1) != 0;
    }

    /// <summary>Whether root is root of a user namespace only, as inside <c>unshare -Ur</c>.</summary>
    public static bool IsInUserNamespace => new FileInfo("/proc/self/ns/user").LinkTarget != "user:[4026531837]";

    private static string? FindObstacle()
    {
        if (Tool.Find("ip") is null)
        {
            return "There is no 'ip' program here (package iproute2).";
        }

        if (!HasCapability(CAP_NET_ADMIN) || !HasCapability(CAP_SYS_ADMIN))
        {
            return "This takes CAP_NET_ADMIN and CAP_SYS_ADMIN: run as root, or inside 'unshare -Urnm'.";
        }

        BufferedCommandResult probe = Probe();
        if (!probe.IsSuccess && IsInUserNamespace && Tool.Try("mount", "-t", "tmpfs", "tmpfs", "/run").IsSuccess)
        {
            probe = Probe();
        }

        return probe.IsSuccess ? null : $"'ip netns add' does not work here: {probe.StandardError.Trim()}";
    }

    private static BufferedCommandResult Probe()
    {
        string name = LiveNamespace.NewName();
        BufferedCommandResult added = Tool.Try("ip", "netns", "add", name);
        Tool.Try("ip", "netns", "del", name);
        return added;
    }
}
