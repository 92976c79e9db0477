using CliWrap.Buffered;
using EgressNet.Netlink.Conntrack;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Tests.Netfilter;
using EgressNet.Netlink.Transport;
using EgressNet.Testing;

namespace EgressNet.Netlink.Tests.Conntrack;

/// <summary>A namespace of the live kernel in which connections are tracked, and the kernel's own list of them, or
/// <c>conntrack</c>, as the judge.</summary>
internal sealed class ConntrackRig : IDisposable
{
    private readonly NfRig _rig = new();

    /// <summary>Loopback is up, has 10.1.0.1 and fd00::1, and leads to 198.51.100.0/24, of which .1 goes by the source
    /// 203.0.113.9 and .2 is .3 in truth.</summary>
    public ConntrackRig()
    {
        Live.RequireTool("bash");
        Run("""
            ip link set lo up
            ip address add 10.1.0.1/32 dev lo
            ip address add 10.1.0.2/32 dev lo
            ip address add fd00::1/128 dev lo
            ip address add fd00::2/128 dev lo
            ip route add 198.51.100.0/24 dev lo src 10.1.0.1
            """);
        _rig.Nft("""
            add table inet t
            add chain inet t c { type filter hook output priority 0; }
            add rule inet t c ct state new accept
            add table ip n
            add chain ip n p { type nat hook postrouting priority 100; }
            add chain ip n o { type nat hook output priority -100; }
            add rule ip n p ip daddr 198.51.100.1 snat to 203.0.113.9
            add rule ip n o ip daddr 198.51.100.2 dnat to 198.51.100.3
            """);
    }

    public LiveNamespace Ns => _rig.Ns;

    public NetlinkConnection Connection => _rig.Connection;

    public ConntrackOperations Conntrack => Connection.Conntrack;

    /// <summary>What the kernel lists, each as <see cref="Text"/> has it.</summary>
    public List<string> Listed()
    {
        BufferedCommandResult list = Tool.Try("ip", "netns", "exec", Ns.Name, "cat", "/proc/net/nf_conntrack");
        if (!list.IsSuccess)
        {
            Live.RequireTool("conntrack");
        }

        string text = list.IsSuccess
            ? list.StandardOutput
            : Ns.Exec("conntrack", "-L", "-f", "ipv4") + Ns.Exec("conntrack", "-L", "-f", "ipv6");
        return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(OfLine).Order(StringComparer.Ordinal)];
    }

    /// <summary>What we list, each as <see cref="Text"/> has it.</summary>
    public List<string> Ours() => [.. Conntrack.List().Select(Text).Order(StringComparer.Ordinal)];

    /// <summary>Runs a script inside, to its first error.</summary>
    public void Run(string script) => Ns.Exec("bash", "-e", "-c", script);

    public void Insert(string arguments) => Ns.Exec("conntrack", ["-I", .. arguments.Split(' ')]);

    public static string Text(ConntrackEntry entry) =>
        $"{entry.Original.Protocol} {Text(entry.Original)} | {Text(entry.Reply)} | {entry.Zone}";

    public static InetAddress Address(string text) => InetAddress.Parse(text);

    public void Dispose() => _rig.Dispose();

    private static string Text(ConntrackTuple tuple) =>
        $"{tuple.Source} {tuple.Destination} {tuple.SourcePort}{tuple.IcmpType} {tuple.DestinationPort}{tuple.IcmpCode} "
        + $"{tuple.IcmpId} {tuple.Zone}";

    /// <summary>Such as <c>ipv4 2 udp 17 29 src=… dst=… sport=… dport=… [UNREPLIED] src=… … zone=0 use=2</c>.</summary>
    private static string OfLine(string line)
    {
        string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Dictionary<string, string>[] directions = [[], []];
        int direction = -1;
        foreach (string[] pair in words.Select(word => word.Split('=')).Where(pair => pair.Length == 2))
        {
            direction += pair[0] == "src" ? 1 : 0;
            directions[direction][pair[0]] = pair[1];
        }

        string protocol = words[0] is "ipv4" or "ipv6" ? words[3] : words[1];
        return $"{protocol} {Text(directions[0], "zone-orig")} | {Text(directions[1], "zone-reply")} | "
            + directions[1].GetValueOrDefault("zone", "0");
    }

    private static string Text(Dictionary<string, string> of, string zone)
    {
        string Of(string key) => of.GetValueOrDefault(key, "");
        return $"{Address(Of("src"))} {Address(Of("dst"))} {Of("sport")}{Of("type")} {Of("dport")}{Of("code")} {Of("id")} "
            + of.GetValueOrDefault(zone, "0");
    }
}
