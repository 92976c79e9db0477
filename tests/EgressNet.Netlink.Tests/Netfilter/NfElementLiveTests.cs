using System.Diagnostics;
using System.Text.Json;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Netfilter;
using EgressNet.Netlink.Transport;
using EgressNet.Testing;
using Xunit;
using static EgressNet.Netlink.Tests.Netfilter.NfRig;

namespace EgressNet.Netlink.Tests.Netfilter;

public sealed class NfElementLiveTests
{
    private const byte OwnerField = 200;

    private static readonly NfSet s_map = NfSet.AddressMap(Table, "m", AddressFamily.IPv4);
    private static readonly NfSet s_verdicts = VerdictMap("vm", AddressFamily.IPv6);
    private static readonly NfSet s_prefixes = NfSet.OfAddresses(Table, "p", AddressFamily.IPv4) with
    {
        Flags = NfSetFlags.Interval,
    };

    [Fact]
    public void A_comment_is_what_nft_prints_and_an_owner_is_kept_beside_it()
    {
        using NfRig rig = Made();
        NfElement element = new()
        {
            Key = Address("10.0.0.1"),
            Value = Address("192.0.2.1"),
            UserData = NfUserData.Empty.WithComment("pod a").With(OwnerField, [0xde, 0xad]),
        };
        rig.Commit(each => each.Add(s_map, element));

        JsonElement pair = rig.One("map", "m").GetProperty("elem")[0];
        Assert.Equal("pod a", pair[0].GetProperty("elem").GetProperty("comment").GetString());
        Assert.Equal("192.0.2.1", pair[1].GetString());
        Assert.Equal(element, rig.Tables.FindElement(s_map, Address("10.0.0.1")));
        Assert.Equal([0xde, 0xad], rig.Tables.ListElements(s_map)[0].UserData!.Field(OwnerField)!);

        rig.Nft("add element inet t m { 10.0.0.2 comment \"theirs\" : 192.0.2.2 }");
        Assert.Equal("theirs", rig.Tables.FindElement(s_map, Address("10.0.0.2"))!.UserData!.Comment);
        Assert.Null(rig.Tables.FindElement(s_map, Address("10.0.0.3")));
        Assert.Null(rig.Tables.FindElement(s_map with { Name = "absent" }, Address("10.0.0.3")));
    }

    [Fact]
    public void Prefixes_and_verdicts_that_nft_made_are_read()
    {
        using NfRig rig = Made();
        rig.Nft("add element inet t vm { fd00::1 : drop, fd00::2 : jump other, fd00::3 : return }");
        rig.Nft("add element inet t p { 10.0.0.0/8, 169.254.169.254, 192.168.128.0/17, 224.0.0.0/3 }");

        Assert.Equal(
            [
                new NfElement { Key = Address("fd00::1"), Verdict = NfVerdict.Drop },
                new NfElement { Key = Address("fd00::2"), Verdict = new NfVerdict(NfVerdictKind.Jump, "other") },
                new NfElement { Key = Address("fd00::3"), Verdict = NfVerdict.Return },
            ],
            rig.Tables.ListElements(s_verdicts).OrderBy(each => each.Key.Address));
        Assert.Subset(
            rig.Tables.ListElements(s_prefixes).Select(each => $"{each.Key} {each.IsIntervalEnd}").ToHashSet(),
            new HashSet<string>
            {
                "10.0.0.0 False", "11.0.0.0 True", "169.254.169.254 False", "169.254.169.255 True", "192.168.128.0 False",
                "192.169.0.0 True", "224.0.0.0 False",
            });
    }

    [Fact]
    public void An_element_there_already_or_not_there_is_told_by_place()
    {
        using NfRig rig = Made();
        NfElement element = new() { Key = Address("10.0.0.1"), Value = Address("192.0.2.1") };
        rig.Commit(each => each.Add(s_map, element));
        rig.Commit(each => each.Add(s_map, element, NfAdd.Ensure));

        NfTransactionException error = rig.Refused(each =>
        {
            each.Add(s_map, element with { Key = Address("10.0.0.2") });
            each.Add(s_map, element);
            each.Add(s_map, element with { Value = Address("192.0.2.9") }, NfAdd.Ensure);
            each.Delete(s_map, element with { Key = Address("10.0.0.9") });
        });

        // Of one there with other data, kernels say EBUSY or EEXIST.
        Assert.Equal([1, 2, 3], error.Errors.Select(each => each.Index));
        Assert.Equal(["EEXIST", "ENOENT"], error.Errors.Where(each => each.Index != 2).Select(each => each.Error.ErrnoName));
        Assert.Contains(error.Errors[1].Error.ErrnoName, new[] { "EEXIST", "EBUSY" });
        Assert.Equal([element], rig.Tables.ListElements(s_map));
    }

    [Fact]
    public void Replacing_an_element_is_one_transaction()
    {
        using NfRig rig = Made();
        NfElement element = new() { Key = Address("10.0.0.1"), Value = Address("192.0.2.1") };
        rig.Commit(each => each.Add(s_map, element));
        rig.Commit(each =>
        {
            each.Delete(s_map, element);
            each.Add(s_map, element with { Value = Address("192.0.2.2") });
        });

        Assert.Equal(Address("192.0.2.2"), Assert.Single(rig.Tables.ListElements(s_map)).Value.Address);
        rig.Nft("flush map inet t m");
        Assert.Empty(rig.Tables.ListElements(s_map));
    }

    [Fact]
    public void Ten_thousand_elements_and_the_removal_of_one_costs_no_more()
    {
        using NfRig rig = Made();
        NfElement[] all = [.. Enumerable.Range(0, 10_000).Select(i => new NfElement
        {
            Key = Address($"10.{i / 250}.1.{i % 250}"), Value = Address("192.0.2.1"),
            UserData = NfUserData.Empty.With(OwnerField, BitConverter.GetBytes(i)),
        })];
        rig.Commit(each => each.Add(s_map, all[0]));
        TimeSpan alone = Fastest(rig, all[0]);
        long started = Stopwatch.GetTimestamp();
        int transactions = 0;
        foreach (NfElement[] chunk in all.Skip(1).Chunk(500))
        {
            transactions++;
            rig.Commit(each => Array.ForEach(chunk, element => each.Add(s_map, element)));
        }

        TimeSpan added = Stopwatch.GetElapsedTime(started);
        started = Stopwatch.GetTimestamp();
        Assert.Equal(all, rig.Tables.ListElements(s_map).OrderBy(each => BitConverter.ToInt32(each.UserData!.Field(OwnerField))));
        TimeSpan dumped = Stopwatch.GetElapsedTime(started);
        TimeSpan among = Fastest(rig, all[5000]);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{transactions} transactions in {added.TotalMilliseconds:0} ms, dumped in {dumped.TotalMilliseconds:0} ms; one " +
            $"removed and added: alone {alone.TotalMicroseconds:0} us, among 10,000 {among.TotalMicroseconds:0} us");

        Assert.True(among < alone * 10 + TimeSpan.FromMilliseconds(5));
        Assert.Equal(10_000, rig.One("map", "m").GetProperty("elem").GetArrayLength());
    }

    [Fact]
    public void One_dump_part_tells_if_any_exist_and_the_connection_lives()
    {
        using NfRig rig = Made();
        Assert.False(rig.Tables.HasElements(s_map));
        Assert.False(rig.Tables.HasElements(s_map with { Name = "absent" }));
        Assert.False(rig.Tables.HasElements(s_map with { Table = "absent" }));
        NfElement[] all = [.. Enumerable.Range(0, 5000).Select(i => new NfElement
        {
            Key = Address($"10.{i / 250}.1.{i % 250}"), Value = Address("192.0.2.1"),
        })];
        rig.Commit(each => each.Add(s_map, all[0]));
        Assert.True(rig.Tables.HasElements(s_map));
        foreach (NfElement[] chunk in all[1..].Chunk(1000))
        {
            rig.Commit(each => each.Add(s_map, chunk));
        }

        Assert.True(rig.Tables.HasElements(s_map));
        Assert.Equal(all[77], rig.Tables.FindElement(s_map, all[77].Key));
        Assert.True(rig.Tables.HasElements(s_map));
        Assert.True(rig.Tables.HasElements(s_map));
        rig.Commit(each => each.Delete(s_map, all[0]));
        Assert.True(rig.Tables.HasElements(s_map));
        Assert.Equal(4999, rig.Tables.ListElements(s_map).Count);
        Assert.True(rig.Tables.HasElements(s_map));
        rig.Nft("flush map inet t m");
        Assert.False(rig.Tables.HasElements(s_map));
    }

    private static TimeSpan Fastest(NfRig rig, NfElement element)
    {
        TimeSpan fastest = TimeSpan.MaxValue;
        for (int i = 0; i < 20; i++)
        {
            long started = Stopwatch.GetTimestamp();
            rig.Commit(each => each.Delete(s_map, element));
            rig.Commit(each => each.Add(s_map, element));
            TimeSpan took = Stopwatch.GetElapsedTime(started);
            fastest = took < fastest ? took : fastest;
        }

        return fastest;
    }

    private static NfRig Made()
    {
        NfRig rig = new();
        rig.Commit(each =>
        {
            each.Add(Table);
            each.Add(new NfChain { Table = "t", Name = "other" });
            each.Add(s_map);
            each.Add(s_verdicts);
            each.Add(s_prefixes);
        });
        return rig;
    }
}
