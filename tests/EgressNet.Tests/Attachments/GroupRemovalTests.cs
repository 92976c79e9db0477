using EgressNet.Attachments;
using EgressNet.Nat;
using EgressNet.Netlink.Links;
using EgressNet.Netlink.Namespaces;
using EgressNet.Netlink.Transport;
using EgressNet.Nodes;
using EgressNet.Plans;
using EgressNet.Records;
using EgressNet.Tests.Fakes;

namespace EgressNet.Tests.Attachments;

/// <summary>Many attachments are removed together: their pairs as groups of links.</summary>
public sealed class GroupRemovalTests(ITestOutputHelper output)
{
    private const string DeleteLink = "17";

    [Fact]
    public void The_pairs_of_each_isolation_are_one_deletion()
    {
        using ManyNode many = new ManyNode().Make();
        List<string> asked = [];
        using EgressKernel kernel = new(
            NamespaceReference.FromName(many.Node.Host.Name),
            ns => new NetlinkConnection(new CountingTransport(FaultyTransport.Open(ns), asked)));
        Assert.All(many.Remove(kernel), each => Assert.True(each is { WasThere: true, Fault: null }, $"{each.Fault}"));
        Assert.Equal(2, asked.Count(each => each == DeleteLink));
        Assert.Empty(new AttachmentReader(many.Node.Kernel).Read());
        many.RemoveRest("");
    }

    [Fact]
    public async Task Each_has_its_own_result_in_input_order()
    {
        using ManyNode many = new ManyNode().Make();
        Assert.True(many.Node.Remove(many.All[1]));
        using AttachmentLock busy = AttachmentLock.Take(
            many.Node.Kernel.Records, many.All[2].Id, TestContext.Current.CancellationToken);
        using EgressKernel watching = new(NamespaceReference.FromName(many.Node.Host.Name));
        Task other = Task.Run(
            () =>
            {
                Eventually.True(() => watching.Host.Links.List("veth").Count == 1);
                busy.Dispose();
            },
            TestContext.Current.CancellationToken);
        Attachment[] meant = [many.All[0], many.All[1], many.All[2], many.All[3], many.All[0]];
        RemovalResult[] results = [.. new AttachmentRemoval(many.Node.Kernel).Remove(meant)];
        await other;
        Assert.Equal(meant, results.Select(each => each.Attachment));
        Assert.All(results, each => Assert.Null(each.Fault));
        Assert.Equal([true, false, true, true, false], results.Select(each => each.WasThere));
        many.RemoveRest("");
    }

    [Fact]
    public void As_many_are_removed_together_as_there_are_descriptors_for()
    {
        using ManyNode many = new ManyNode().Make();
        using EgressKernel kernel = new(
            NamespaceReference.FromName(many.Node.Host.Name),
            openRecords: identity => new RecordStore(identity, new ScarceFiles(many.Node.Kernel.Records.Folder)));
        Assert.All(many.Remove(kernel), each => Assert.True(each is { WasThere: true, Fault: null }, $"{each.Fault}"));
        many.RemoveRest("");
    }

    [Fact]
    public void Links_of_somebody_else_in_groups_like_these_stay()
    {
        using ManyNode many = new ManyNode().Make();
        EgressIsolation isolation = EgressIsolation.Containers;
        HashSet<uint> groups = [EgressGroup.Of(isolation), EgressGroup.Of(EgressIsolation.None)];
        while (EgressGroup.DrawFree(isolation, groups) is { } group)
        {
            groups.Add(group);
        }

        string[] lines = [.. groups.Skip(2).Skip(1).Select((group, i) => $"link add f{i} group {group} type veth peer p{i}"),
            $"link add own group {EgressGroup.Of(isolation)} type veth peer own1"];
        many.Node.Host.Exec("sh", "-c", $"printf '%s\\n' '{string.Join("' '", lines)}' | ip -b -");
        Assert.All(many.Remove(), each => Assert.True(each is { WasThere: true, Fault: null }, $"{each.Fault}"));
        string links = many.Node.Host.Ip("-o link show");
        Assert.All(lines, line => Assert.Contains($" {line.Split(' ')[2]}", links));
        Assert.DoesNotContain("egressnet:", links);
    }

    [Fact]
    public void A_foreign_link_that_joins_the_very_group_meanwhile_stays()
    {
        using ManyNode many = new ManyNode().Make();
        many.Node.Host.Ip("link add foreign type veth peer foreign1");
        List<string> told = [];
        RemovalResult[] results = many.Remove(report: text =>
        {
            told.Add(text);
            if (text.StartsWith("set links") && told.Count == 1)
            {
                many.Node.Host.Ip($"link set foreign group {text.Split(' ')[^1]}");
            }
        });
        Assert.All(results, each => Assert.True(each is { WasThere: true, Fault: null }, $"{each.Fault}"));
        Assert.Contains("foreign", many.Node.Host.Ip("-o link show"));
        Assert.Equal(2, told.Count(text => text.StartsWith("delete link ")));
        Assert.Equal(1, told.Count(text => text.StartsWith("delete links ")));
        many.Node.Host.Ip("link del foreign");
        many.RemoveRest("");
    }

    [Fact]
    public void At_every_moment_each_is_isolated_as_it_was()
    {
        using ManyNode many = new ManyNode().Make();
        bool wasGathered = false;
        many.Remove(report: text =>
        {
            wasGathered |= text.StartsWith("delete links");
            Assert.All(many.Groups, left => Assert.Equal(
                many.All.Single(each => each.HostInterface == left.Key).Isolation, EgressGroup.IsolationOf(left.Value)));
        });
        Assert.True(wasGathered);
    }

    [Fact]
    public void With_a_table_that_is_not_whole_each_goes_by_itself()
    {
        using ManyNode many = new ManyNode().Make();
        many.Node.Nft("flush chain inet egressnet forward");
        List<string> told = [];
        Assert.All(many.Remove(report: told.Add), each => Assert.True(each is { WasThere: true, Fault: null }));
        Assert.Equal(4, told.Count(text => text.StartsWith("delete link ")));
        many.RemoveRest("");
    }

    [Theory]
    [InlineData("record")]
    [InlineData("table")]
    [InlineData("link")]
    [InlineData("namespace")]
    public void Whatever_part_of_them_is_gone_the_others_go(string loss)
    {
        using ManyNode many = new ManyNode().Make();
        switch (loss)
        {
            case "record":
                File.Delete(many.Node.Kernel.Records.PathOf(many.All[0].Id));
                File.Delete(many.Node.Kernel.Records.PathOf(many.All[1].Id));
                break;
            case "table":
                many.Node.Nft("flush ruleset");
                break;
            case "link":
                many.Node.Host.Ip($"link del {many.All[0].HostInterface}");
                break;
            default:
                many.Node.Container.Dispose();
                break;
        }

        Assert.All(many.Remove(), each => Assert.True(each is { WasThere: true, Fault: null }, $"{each.Fault}"));
        many.RemoveRest(loss);
    }

    [Fact]
    public void Any_fault_leaves_the_rest_isolated_listed_and_removable()
    {
        int broken = 0;
        foreach (Subsystem with in (Subsystem[])[Subsystem.Host, Subsystem.Netfilter, Subsystem.Records])
        {
            foreach (FaultKind kind in Enum.GetValues<FaultKind>())
            {
                Sampling.Sweep(at =>
                {
                    bool breaks = Breaks(with, kind, at);
                    broken += breaks ? 1 : 0;
                    return breaks;
                });
            }
        }

        output.WriteLine($"{broken} requests broken");
        Assert.True(broken > 80 / Sampling.Stride);
    }

    [Fact]
    public void Aborted_anywhere_the_rest_is_isolated_listed_and_removable() =>
        Assert.True(Sampling.Sweep(Ends) > 10);

    private static bool Breaks(Subsystem with, FaultKind kind, int at)
    {
        using ManyNode many = new ManyNode().Make();
        using FaultyKernel faulty = new(many.Node, with, kind, at);
        string where = $"{with} {kind} {at}";
        RemovalResult[] results = many.Remove(faulty.Kernel);
        Assert.All(results, each => Assert.True(each.WasThere, where));
        foreach (RemovalResult each in results.Where(each => each.Fault is null))
        {
            Assert.Empty(new AttachmentReader(many.Node.Kernel).Read(each.Attachment.Id.ContainerId));
        }

        many.AssertHome(where);
        many.RemoveRest(where);
        return faulty.Fault.HasStruck;
    }

    private static bool Ends(int at)
    {
        using ManyNode many = new ManyNode().Make();
        int told = 0;
        Exception? thrown = Record.Exception(() => many.Remove(
            report: _ => ThrowIf(++told == at)));
        Assert.True(thrown is null or TimeoutException, $"{thrown}");
        many.AssertHome($"ended at {at}");
        many.RemoveRest($"ended at {at}");
        return thrown is not null;

        static void ThrowIf(bool ends)
        {
            if (ends)
            {
                throw new TimeoutException();
            }
        }
    }

    // No third lock is to be had.
    private sealed class ScarceFiles(string folder) : RecordFiles
    {
        private const int EMFILE = 24;

        protected override void Change(string path, Action change) => base.Change(
            path,
            Path.GetFileName(path).StartsWith('c')
            && Directory.EnumerateFiles(folder, "*.lock", SearchOption.AllDirectories).Count() == 2
                ? () => throw new IOException("Too many open files", EMFILE)
                : change);
    }
}
