using System.Text.Json;
using EgressNet.Changes;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Links;
using EgressNet.Netlink.Namespaces;
using EgressNet.Netlink.Transport;
using EgressNet.Tests.Fakes;
using EgressNet.Veths;

namespace EgressNet.Tests.Veths;

/// <summary>The host's end is made in the namespace of the tests themselves, as it is in life.</summary>
public sealed class VethFactoryTests(ITestOutputHelper output)
{
    private const string Container = "egtc0";

    [Fact]
    public void A_pair_is_made_with_both_ends_up()
    {
        using LiveNamespace ns = new();
        using Connections both = new(ns);
        VethPair pair = both.Factory().Create(Request(ns) with
        {
            Mtu = 9001,
            MacAddress = Mac("02:00:5e:10:00:01"),
            HostMacAddress = Mac("02:00:5e:10:00:02"),
        });

        JsonElement seen = Assert.Single(ns.IpJson($"link show dev {Container}").EnumerateArray());
        Assert.Equal("veth", seen.GetProperty("linkinfo").GetProperty("info_kind").GetString());
        Assert.Equal(9001, seen.GetProperty("mtu").GetInt32());
        Assert.Equal("02:00:5e:10:00:01", seen.GetProperty("address").GetString());
        Assert.Equal("UP", seen.GetProperty("operstate").GetString());
        Assert.Equal(pair.Host.Index, seen.GetProperty("link_index").GetInt32());
        Assert.Matches("^veth[0-9a-f]{8}$", pair.Host.Name);

        JsonElement host = JsonElement.Parse(Tool.Run("ip", "-j", "-d", "link", "show", "dev", pair.Host.Name))[0];
        Assert.Equal("02:00:5e:10:00:02", host.GetProperty("address").GetString());
        Assert.Equal(9001, host.GetProperty("mtu").GetInt32());
        Assert.True(pair is { Host.IsUp: true, Container.IsUp: true });
    }

    [Fact]
    public void A_chosen_host_name_is_taken()
    {
        using LiveNamespace ns = new();
        using Connections both = new(ns);
        string name = Draw();
        VethPair pair = both.Factory(() => throw new InvalidOperationException("drawn")).Create(
            Request(ns) with { HostName = name });
        Assert.Equal(name, pair.Host.Name);
    }

    [Fact]
    public void A_drawn_name_that_is_taken_is_drawn_again()
    {
        using LiveNamespace ns = new();
        using Connections both = new(ns);
        string taken = both.Factory().Create(Request(ns)).Host.Name;
        string free = Draw();
        Queue<string> names = new([taken, taken, free]);
        Assert.Equal(free, both.Factory(names.Dequeue).Create(Request(ns) with { Name = "egtc1" }).Host.Name);
        Assert.Empty(names);
    }

    [Fact]
    public void After_ten_names_that_are_taken_it_gives_up()
    {
        using LiveNamespace ns = new();
        using Connections both = new(ns);
        string taken = both.Factory().Create(Request(ns)).Host.Name;
        int drawn = 0;
        VethException thrown = Assert.Throws<VethException>(() => both.Factory(() =>
        {
            drawn++;
            return taken;
        }).Create(Request(ns) with { Name = "egtc1" }));
        Assert.Equal(10, drawn);
        Assert.Equal(VethError.HostNameTaken, thrown.Reason);
        Assert.Equal($"10 random names for the host's interface already exist, '{taken}' the last.", thrown.Message);
        Assert.DoesNotContain("egtc1", ns.Ip("link show"));
    }

    [Fact]
    public void A_chosen_host_name_that_is_taken_is_told()
    {
        using LiveNamespace ns = new();
        using Connections both = new(ns);
        string taken = both.Factory().Create(Request(ns)).Host.Name;
        VethException thrown = Assert.Throws<VethException>(
            () => both.Factory().Create(Request(ns) with { Name = "egtc1", HostName = taken }));
        Assert.Equal(VethError.HostNameTaken, thrown.Reason);
        Assert.Equal($"Interface '{taken}' already exists in the caller's namespace.", thrown.Message);
    }

    [Fact]
    public void A_container_name_that_is_taken_is_told_at_once()
    {
        using LiveNamespace ns = new();
        ns.Ip($"link add {Container} type veth peer name p0");
        string before = ns.Ip("link show");
        using Connections both = new(ns);
        int drawn = 0;
        VethException thrown = Assert.Throws<VethException>(() => both.Factory(() =>
        {
            drawn++;
            return Draw();
        }).Create(Request(ns)));
        Assert.Equal(1, drawn);
        Assert.Equal(VethError.ContainerNameTaken, thrown.Reason);
        Assert.Contains($"already exists in '{ns}'", thrown.Message);
        Assert.Equal(before, ns.Ip("link show"));
    }

    [Fact]
    public void A_veth_of_that_name_is_replaced_when_forced_and_nothing_else()
    {
        using LiveNamespace ns = new();
        using Connections both = new(ns);
        VethPair old = both.Factory().Create(Request(ns));
        VethPair made = both.Factory().Create(Request(ns) with { Replace = true });
        Assert.NotEqual(old.Container.Index, made.Container.Index);
        Assert.False(VethFinder.IsStillThere(both.Host, old.Host));
        Assert.True(VethFinder.IsStillThere(both.Host, made.Host));

        ns.Ip("link add egtc1 type bridge");
        VethException thrown = Assert.Throws<VethException>(
            () => both.Factory().Create(Request(ns) with { Name = "egtc1", Replace = true }));
        Assert.Equal(VethError.ContainerNameTaken, thrown.Reason);
    }

    [Fact]
    public void The_caller_s_own_namespace_is_refused()
    {
        using LiveNamespace ns = new();
        using Connections both = new(ns);
        NamespaceReference own = NamespaceReference.FromPath("/proc/self/ns/net");
        VethException thrown = Assert.Throws<VethException>(
            () => both.Factory().Create(Request(ns) with { Namespace = own }));
        Assert.Equal(VethError.SameNamespace, thrown.Reason);
        Assert.Equal("'/proc/self/ns/net' is the caller's own network namespace.", thrown.Message);
    }

    [Theory, InlineData(false), InlineData(true)]
    public void What_fails_or_is_cancelled_at_any_step_leaves_nothing(bool withAlias)
    {
        using LiveNamespace ns = new();
        using NetlinkConnection host = NetlinkConnection.Open(cancellationToken: TestContext.Current.CancellationToken);
        string name = Draw();
        VethRequest request = Request(ns) with
        {
            HostName = name,
            HostAlias = withAlias ? "egressnet:pods/c1/egtc0" : null,
            HostGroup = withAlias ? 16925400 : null,
        };
        string State() => ns.Ip("link show") + host.Links.Find(name);
        void Restore() => host.Links.Delete(host.Links.Get(name).Index);

        // The requests of the host's conversation and of the container's are counted apart, so each fails in turn.
        int broken = new OperationSweep(
            NamespaceReference.FromName(ns.Name),
            State,
            (container, report, stop) =>
            {
                using Conversation plain = new(() => NetlinkConnection.Open());
                new VethFactory(plain, container, null, report, stop).Create(request);
            },
            Restore).Run();
        broken += new OperationSweep(
            NamespaceReference.Current,
            State,
            (faulty, report, stop) =>
            {
                using Conversation plain = new(() => NetlinkConnection.Open(request.Namespace));
                new VethFactory(faulty, plain, null, report, stop).Create(request);
            },
            Restore).Run();
        output.WriteLine($"{broken} broken and undone");
    }

    [Fact]
    public void A_replacement_that_fails_tells_what_cannot_be_brought_back()
    {
        using LiveNamespace ns = new();
        using Connections both = new(ns);
        VethPair old = both.Factory().Create(Request(ns));
        Fault fault = new() { At = 1 };
        using Conversation container = new(() => NetlinkConnection.Open(NamespaceReference.FromName(ns.Name)));
        using Conversation host = new(() => new NetlinkConnection(FaultyTransport.Open(NamespaceReference.Current, fault)));
        UndoFailedException thrown = Assert.Throws<UndoFailedException>(
            () => new VethFactory(host, container).Create(Request(ns) with { Replace = true }));
        Assert.Equal(
            $"missing veth pair {Container} (a deleted link cannot be brought back)", Assert.Single(thrown.Left));
        Assert.False(VethFinder.IsStillThere(both.Host, old.Host));
    }

    private static VethRequest Request(LiveNamespace ns) =>
        new() { Namespace = NamespaceReference.FromName(ns.Name), Name = Container };

    private static string Draw() => $"egt{System.Security.Cryptography.RandomNumberGenerator.GetHexString(8, true)}";

    private static MacAddress Mac(string text) => MacAddress.TryParse(text, out MacAddress mac)
        ? mac
        : throw new FormatException(text);
}
