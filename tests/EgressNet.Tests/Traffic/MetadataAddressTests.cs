using System.Net;
using System.Net.Sockets;
using EgressNet.Attachments;
using EgressNet.Nat;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Links;

namespace EgressNet.Tests.Traffic;

public sealed class MetadataAddressTests
{
    [Theory]
    [InlineData("169.254.169.254")]
    [InlineData("169.254.170.2")]
    [InlineData("169.254.170.23")]
    [InlineData("fd00:ec2::254")]
    [InlineData("fd00:ec2::23")]
    public void Metadata_is_out_of_reach_by_every_address_of_it(string metadata)
    {
        using Site site = new();
        using Socket server = Serve(site, metadata);
        AssertReached(site, site.Attach(5, isolation: EgressIsolation.Metadata), server, isReached: false);
        AssertReached(site, site.Attach(6, isolation: EgressIsolation.Containers), server, isReached: true);
    }

    [Theory]
    [InlineData("192.0.2.200")]
    [InlineData("2001:db8:1::200")]
    public void An_additional_address_is_blocked_only_for_its_own_containers(string metadata)
    {
        using Site site = new();
        using Socket server = Serve(site, metadata);
        InetAddress address = InetAddress.Parse(metadata);
        Pod pod = Kept(site, 5, address), other = site.Attach(6, isolation: EgressIsolation.Metadata);
        Pod both = Kept(site, 7, address);

        AssertReached(site, pod, server, isReached: false);
        AssertReached(site, both, server, isReached: false);
        AssertReached(site, other, server, isReached: true);

        // The next one may well have the number of the interface that went.
        site.Detach(pod);
        AssertReached(site, both, server, isReached: false);
        AssertReached(site, site.Attach(5, isolation: EgressIsolation.Metadata), server, isReached: true);
        site.Detach(both);
        Assert.DoesNotContain(metadata, site.Nft("list ruleset"));
    }

    [Theory]
    [InlineData("192.0.2.200")]
    [InlineData("2001:db8:1::200")]
    public void An_additional_address_stays_blocked_after_a_host_end_rename(string metadata)
    {
        Live.RequireKernel(6, 2, "A new name for an interface that is up");
        using Site site = new();
        using Socket server = Serve(site, metadata);
        Pod pod = Kept(site, 5, InetAddress.Parse(metadata));
        string host = pod.Attachment.HostInterface;
        site.Node.Ip($"link set {host} name foo0");
        AssertReached(site, pod, server, isReached: false);
        AssertReached(site, site.Attach(6, isolation: EgressIsolation.Metadata), server, isReached: true);
        new AttachmentRepair(site.Kernel).Repair(new Plans.EgressPlan(pod.Attachment));
        Assert.Empty(new AttachmentInspection(site.Kernel).Inspect(pod.Attachment));
        AssertReached(site, pod, server, isReached: false);
        site.Detach(pod);
        Assert.DoesNotContain(metadata, site.Nft("list ruleset"));
    }

    [Fact]
    public void What_one_that_is_gone_left_for_the_same_index_is_taken_over()
    {
        using Site site = new();
        InetAddress address = InetAddress.Parse("192.0.2.200");
        Pod gone = Kept(site, 5, address), pod = site.Plan(6, isolation: EgressIsolation.Metadata);
        uint group = site.Kernel.Host.Links.Get(gone.Attachment.HostInterface).Group;
        NatEntry entry = new()
        {
            Source = pod.Address(Numbers.IPv4).ToInet(),
            Owner = $"{pod.Attachment.Id}",
            Metadata = [new MetadataPair(group, address)],
        };
        NatTable nat = new(site.Kernel.Netfilter);
        nat.Add([entry], _ => true);
        Assert.Equal(entry.Metadata, nat.Find(entry.Source)!.Metadata);
        new AttachmentRemoval(site.Kernel).Remove(gone.Attachment);
        Assert.Equal(entry.Metadata, nat.Find(entry.Source)!.Metadata);
    }

    [Fact]
    public void Many_are_removed_with_further_addresses_among_them()
    {
        using Site site = new();
        Pod[] pods =
        [
            Kept(site, 5, InetAddress.Parse("192.0.2.200")), Kept(site, 6, InetAddress.Parse("192.0.2.200")),
            site.Attach(7, isolation: EgressIsolation.Metadata), site.Attach(8, isolation: EgressIsolation.Metadata),
        ];
        List<string> told = [];
        Assert.All(
            new AttachmentRemoval(site.Kernel, told.Add).Remove([.. pods.Select(pod => pod.Attachment)]),
            result => Assert.True(result is { WasThere: true, Fault: null }));
        Assert.Equal(2, told.Count(text => text.StartsWith("delete link ")));
        Assert.Single(told, text => text.StartsWith("delete links "));
        Assert.DoesNotContain("192.0.2.200", site.Nft("list ruleset"));
    }

    [Fact]
    public void A_further_address_that_the_table_lost_is_found_and_put_back()
    {
        using Site site = new();
        Pod pod = Kept(site, 5, InetAddress.Parse("192.0.2.200"), InetAddress.Parse("192.0.2.201"));
        uint group = site.Kernel.Host.Links.Get(pod.Attachment.HostInterface).Group;
        site.Nft($"delete element inet egressnet metadata4 {{ {group} . 192.0.2.200 }}");
        AttachmentInspection inspection = new(site.Kernel);
        EgressFinding finding = Assert.Single(inspection.Inspect(pod.Attachment));
        Assert.Equal(EgressFindingKind.Metadata, finding.Kind);

        new AttachmentRepair(site.Kernel).Repair(new Plans.EgressPlan(pod.Attachment));
        Assert.Empty(inspection.Inspect(pod.Attachment));
        Assert.Equal(
            ["192.0.2.200", "192.0.2.201"],
            Assert.Single(new AttachmentReader(site.Kernel).Read()).Attachment.MetadataAddresses
                .Select(each => $"{each}").Order());
    }

    private static Pod Kept(Site site, int number, params InetAddress[] metadata)
    {
        Pod pod = site.Plan(number, isolation: EgressIsolation.Metadata);
        pod = pod with { Attachment = pod.Attachment with { MetadataAddresses = metadata } };
        site.Attach(pod);
        return pod;
    }

    private static Socket Serve(Site site, string metadata)
    {
        IPAddress address = IPAddress.Parse(metadata);
        Numbers numbers = NumbersOf(address);
        string noDad = numbers.IsIPv4 ? "" : "nodad";
        site.Outside.Ip($"address add {metadata}/{numbers.HostLength} dev lo {noDad}");
        site.Node.Ip($"{numbers.IpFlag} route add {metadata} via {numbers.Outside}");
        return site.Outside.BindUdp(address, 80);
    }

    private static Numbers NumbersOf(IPAddress address) =>
        address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? Numbers.IPv4 : Numbers.IPv6;

    // What is sent first through one interface arrives first.
    private static void AssertReached(Site site, Pod pod, Socket server, bool isReached)
    {
        Numbers numbers = NumbersOf(((IPEndPoint)server.LocalEndPoint!).Address);
        using Socket client = pod.Namespace.BindUdp(pod.Address(numbers));
        using Socket outside = site.Outside.BindUdp(numbers.Outside);
        client.Ask(server.LocalEndPoint!);
        client.Exchange(outside);
        Assert.Equal(isReached, server.Available > 0);
        if (isReached)
        {
            server.Hear();
        }
    }
}
