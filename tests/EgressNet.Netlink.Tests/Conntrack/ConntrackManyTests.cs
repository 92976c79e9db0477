using EgressNet.Netlink.Conntrack;
using EgressNet.Netlink.Inet;
using EgressNet.Testing;
using Xunit;

namespace EgressNet.Netlink.Tests.Conntrack;

/// <summary>Beside many connections of others: more than what one walk for all is used for.</summary>
public sealed class ConntrackManyTests
{
    private const int Many = 10_000, MaxBytes = 64 * 1024;

    [Fact]
    public void Deletion_skips_the_connections_of_others_at_no_memory_cost()
    {
        using ConntrackRig rig = new();
        Load(rig);
        InetAddress[] none = [Address("203.0.113.77"), Address("fd00:77::1")];
        Assert.True(rig.Conntrack.Count >= 2 * Many);

        // The first go compiles.
        rig.Conntrack.DeleteOf(none);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(0, rig.Conntrack.DeleteOf(none));
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(allocated < MaxBytes, $"{allocated} bytes");
    }

    [Fact]
    public void Exactly_the_entries_with_an_address_at_any_end_are_deleted()
    {
        using ConntrackRig rig = new();
        Load(rig);
        uint others = rig.Conntrack.Count;
        InetAddress[] pod = [Address("203.0.113.77"), Address("fd00:77::1")];
        foreach (string ends in (string[])
        [
            "-s 203.0.113.77 -d 192.0.2.9", "-s 192.0.2.9 -d 203.0.113.77", "-s fd00:77::1 -d fd00::9",
            "-s fd00::9 -d fd00:77::1",
        ])
        {
            rig.Insert($"-p udp {ends} --sport 1 --dport 2 -t 600");
        }

        Assert.Equal(4, rig.Conntrack.ListOf(pod[0]).Length + rig.Conntrack.ListOf(pod[1]).Length);
        Assert.Equal(4, rig.Conntrack.DeleteOf(pod));
        Assert.Equal(others, rig.Conntrack.Count);
    }

    private static void Load(ConntrackRig rig)
    {
        Live.RequireTool("conntrack");
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllLines(file, Enumerable.Range(0, Many).SelectMany(i => (string[])
            [
                $"-I -p udp -s 10.{i >> 8}.{i & 255}.1 -d 192.0.2.1 --sport 1000 --dport 53 -t 600",
                $"-I -p udp -s fd01::{i:x} -d fd00::1 --sport 1000 --dport 53 -t 600",
            ]));
            rig.Ns.Exec("conntrack", "-R", file);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static InetAddress Address(string text) => InetAddress.Parse(text);
}
