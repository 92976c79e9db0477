using EgressNet.Netlink.Conntrack;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Tests.Netfilter;
using EgressNet.Netlink.Transport;
using EgressNet.Netlink.Wire;
using EgressNet.Testing;
using Xunit;
using static EgressNet.Netlink.Tests.Conntrack.ConntrackRig;

namespace EgressNet.Netlink.Tests.Conntrack;

public sealed class ConntrackLiveTests
{
    [Fact]
    public void We_list_what_the_kernel_lists()
    {
        using ConntrackRig rig = WithFlows();

        Assert.Equal(9, rig.Listed().Count);
        Assert.Equal(rig.Listed(), rig.Ours());
        Assert.All(rig.Conntrack.List(), each => Assert.NotNull(each.Id));
        Assert.Equal(3, rig.Conntrack.List(new() { Family = AddressFamily.IPv6 }).Count);
    }

    [Theory]
    [InlineData("10.1.0.1", "", "", "", 5)]
    [InlineData("", "198.51.100.2", "", "", 1)]
    [InlineData("", "", "198.51.100.3", "", 1)]
    [InlineData("", "", "", "203.0.113.9", 1)]
    [InlineData("10.1.0.1", "198.51.100.1", "198.51.100.1", "203.0.113.9", 1)]
    [InlineData("10.1.0.2", "198.51.100.1", "", "", 0)]
    public void The_kernel_filters_and_so_do_we(string from, string to, string replyFrom, string replyTo, int count)
    {
        Live.RequireKernel(5, 8, "Filtering of tracked connections");
        using ConntrackRig rig = WithFlows();
        ConntrackFilter filter = new()
        {
            OriginalSource = Parsed(from),
            OriginalDestination = Parsed(to),
            ReplySource = Parsed(replyFrom),
            ReplyDestination = Parsed(replyTo),
        };
        NetlinkWriter request = rig.Connection.Begin(ConntrackMessageType.Get, NLM_F.NLM_F_DUMP);
        ConntrackMessage.WriteFilter(ref request, filter);
        List<ConntrackEntry> byKernel = rig.Connection.Dump<ConntrackEntry>(ref request, default, ConntrackMessage.TryRead);
        string[] byUs =
        [
            .. rig.Conntrack.List().Where(entry => filter.Matches(EndsOf(entry))).Select(Text)
                .Order(StringComparer.Ordinal),
        ];

        Assert.Equal(count, byKernel.Count);
        Assert.Equal(byUs, byKernel.Select(Text).Order(StringComparer.Ordinal));
        Assert.Equal(byUs, rig.Conntrack.List(filter).Select(Text).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("fd00::1", "", "", "", 2)]
    [InlineData("", "fd00::2", "", "", 1)]
    [InlineData("", "", "fd00::2", "fd00::2", 1)]
    [InlineData("fd00::1", "fd00::2", "", "", 0)]
    public void IPv6_is_filtered_as_meant(string from, string to, string replyFrom, string replyTo, int count)
    {
        using ConntrackRig rig = WithFlows();
        ConntrackFilter filter = new()
        {
            OriginalSource = Parsed(from),
            OriginalDestination = Parsed(to),
            ReplySource = Parsed(replyFrom),
            ReplyDestination = Parsed(replyTo),
        };

        Assert.Equal(count, rig.Conntrack.List(filter).Count);
        Assert.All(rig.Conntrack.List(filter), each => Assert.True(filter.Matches(EndsOf(each))));
    }

    [Theory]
    [InlineData("10.1.0.1", 5)]
    [InlineData("10.1.0.2", 2)]
    [InlineData("203.0.113.9", 1)]
    [InlineData("198.51.100.2", 1)]
    [InlineData("198.51.100.3", 1)]
    [InlineData("fd00::1", 2)]
    [InlineData("fd00::2", 1)]
    [InlineData("10.1.0.99", 0)]
    public void All_of_an_address_goes_and_nothing_else(string address, int count)
    {
        using ConntrackRig rig = WithFlows();
        List<ConntrackEntry> others = [.. rig.Conntrack.List().Where(each => !each.Concerns(Address(address)))];

        Assert.Equal(count, rig.Conntrack.ListOf(Address(address)).Length);
        Assert.Equal(count, rig.Conntrack.DeleteOf(Address(address)));
        Assert.Equal(others.Select(Text).Order(StringComparer.Ordinal), rig.Listed());
        Assert.Equal(others.Select(each => each.Id).Order(), rig.Conntrack.List().Select(each => each.Id).Order());
        Assert.Equal(0, rig.Conntrack.DeleteOf(Address(address)));
    }

    [Fact]
    public void Hundreds_go_in_batches()
    {
        using ConntrackRig rig = new();
        rig.Run("echo > /dev/udp/10.1.0.2/4000; for ((i = 2000; i < 2300; i++)); do echo > /dev/udp/10.1.0.1/$i; done");
        string other = Assert.Single(rig.Listed(), each => !each.Contains("10.1.0.1", StringComparison.Ordinal));

        Assert.Equal(300, rig.Conntrack.DeleteOf(Address("10.1.0.1")));
        Assert.Equal([other], rig.Listed());
    }

    [Fact]
    public void One_entry_goes_and_one_of_another_number_does_not()
    {
        using ConntrackRig rig = WithFlows();
        List<string> before = rig.Listed();
        foreach (ConntrackEntry entry in rig.Conntrack.List())
        {
            Assert.Equal("ENOENT", Refused(() => rig.Conntrack.Delete(entry with { Id = entry.Id ^ 1 })));
            Assert.Equal("ENOENT", Refused(() => rig.Conntrack.Delete(entry with { Zone = 5 })));
        }

        Assert.Equal(before, rig.Listed());
        foreach (ConntrackEntry entry in rig.Conntrack.List())
        {
            rig.Conntrack.Delete(entry);
            before.Remove(Text(entry));
            Assert.Equal(before, rig.Listed());
            Assert.Equal("ENOENT", Refused(() => rig.Conntrack.Delete(entry)));
        }

        Assert.Empty(before);
    }

    [Fact]
    public void An_entry_of_no_addresses_is_refused_and_all_stays()
    {
        using ConntrackRig rig = WithFlows();
        List<string> before = rig.Listed();

        string refused = Refused(() => rig.Conntrack.Delete(new ConntrackEntry { Original = new(), Reply = new() }));
        Assert.Contains(refused, new[] { "EINVAL", "EOPNOTSUPP" });
        Assert.Equal(before, rig.Listed());
    }

    [Fact]
    public void Entries_of_every_kind_that_conntrack_makes_can_be_deleted()
    {
        Live.RequireTool("conntrack");
        using ConntrackRig rig = new();
        rig.Insert("-s 10.0.0.1 -d 192.0.2.1 -p tcp --sport 1000 --dport 80 --state ESTABLISHED -t 300 -n 203.0.113.9");
        rig.Insert("-s 10.0.0.2 -d 192.0.2.1 -p udp --sport 1000 --dport 80 -t 300 -g 10.9.9.9 -w 7");
        rig.Insert("-s 10.0.0.3 -d 192.0.2.1 -p udp --sport 1000 --dport 80 -t 300 --orig-zone 8");
        rig.Insert("-s 10.0.0.4 -d 192.0.2.1 -p udp --sport 1000 --dport 80 -t 300 --reply-zone 9");
        rig.Insert("-s 10.0.0.5 -d 192.0.2.1 -p gre --srckey 0x10 --dstkey 0x20 -t 300");
        rig.Insert("-s 10.0.0.5 -d 192.0.2.1 -p 99 -t 300");
        rig.Insert("-s 10.0.0.6 -d 192.0.2.1 -p icmp --icmp-type 8 --icmp-code 0 --icmp-id 77 -t 300");
        rig.Insert("-s fd00::6 -d fd01::1 -p icmpv6 --icmpv6-type 128 --icmpv6-code 0 --icmpv6-id 77 -t 300");
        rig.Insert("-s fd00::7 -d fd01::1 -p tcp --sport 1 --dport 2 --state SYN_SENT -t 300");

        IReadOnlyList<ConntrackEntry> entries = rig.Conntrack.List();
        Assert.Equal(9, entries.Count);
        Assert.Equal(
            [("203.0.113.9", 0, 0, 0), ("10.0.0.2", 7, 0, 0), ("10.0.0.3", 0, 8, 0), ("10.0.0.4", 0, 0, 9)],
            entries.Where(each => each.Original.SourcePort == 1000)
                .OrderBy(each => each.Original.Source)
                .Select(each => (
                    each.Reply.Destination.ToString(), (int)each.Zone, (int)each.Original.Zone, (int)each.Reply.Zone)));
        Assert.Equal(1, rig.Conntrack.DeleteOf(Address("203.0.113.9")));
        Assert.Equal(1, rig.Conntrack.DeleteOf(Address("10.9.9.9")));
        Assert.Equal(2, rig.Conntrack.DeleteOf(Address("10.0.0.5")));
        Assert.Equal(2, rig.Conntrack.DeleteOf(Address("fd01::1")));
        Assert.Equal(3, rig.Conntrack.DeleteOf(Address("192.0.2.1")));
        Assert.Empty(rig.Conntrack.List());
    }

    [Fact]
    public void Without_the_capability_all_is_EPERM()
    {
        using ConntrackRig rig = WithFlows();
        WithoutCapabilities.Run(() =>
        {
            Assert.Equal("EPERM", Refused(() => rig.Conntrack.List()));
            Assert.Equal("EPERM", Refused(() => rig.Conntrack.DeleteOf(Address("10.1.0.1"))));
        });
        Assert.Equal(9, rig.Listed().Count);
    }

    private static InetAddress Parsed(string text) => text.Length == 0 ? default : Address(text);

    private static string Refused(Action act) => Assert.Throws<NetlinkException>(act).ErrnoName;

    private static ConntrackRig WithFlows()
    {
        Live.RequireTool("ping");
        ConntrackRig rig = new();
        rig.Run("""
            for to in 10.1.0.1/2000 10.1.0.1/2001 10.1.0.2/2000 198.51.100.1/53 198.51.100.2/53 fd00::1/2000 fd00::2/2000; do
                echo > /dev/udp/$to
            done
            ping -c1 -I 10.1.0.1 10.1.0.2
            ping -c1 -I fd00::1 fd00::1
            """);
        return rig;
    }

    private static ConntrackEnds EndsOf(ConntrackEntry entry) => new()
    {
        OriginalSource = entry.Original.Source,
        OriginalDestination = entry.Original.Destination,
        ReplySource = entry.Reply.Source,
        ReplyDestination = entry.Reply.Destination,
    };
}
