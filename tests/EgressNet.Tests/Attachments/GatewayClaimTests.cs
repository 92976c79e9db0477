using EgressNet.Attachments;
using EgressNet.Changes;
using EgressNet.Nat;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Namespaces;
using EgressNet.Netlink.Transport;
using EgressNet.Nodes;
using EgressNet.Operations;
using EgressNet.Plans;
using EgressNet.Testing;
using EgressNet.Tests.Fakes;

namespace EgressNet.Tests.Attachments;

/// <summary>A gateway is nobody's address, also where the kernel has lost it.</summary>
public sealed class GatewayClaimTests
{
    private const string Gateway = "169.254.172.1";

    [Fact]
    public void A_gateway_whose_host_end_lost_it_is_still_no_address()
    {
        using Node node = new();
        using LiveNamespace other = new();
        Attachment first = node.Attachment("c1", "169.254.172.5/22");
        node.Create(first);
        node.Host.Ip($"address del {Gateway}/32 dev {first.HostInterface}");
        node.Settle();
        string before = node.State;
        Attachment second = WithGateway(node.Attachment("c2", $"{Gateway}/22"), "169.254.172.9", other);
        AddressInUseException thrown = Assert.Throws<AddressInUseException>(() => node.Create(second));
        Assert.Equal($"Address {Gateway} is the gateway of pods/c1/eg0 on this node.", thrown.Message);
        Assert.Throws<AddressInUseException>(() => new AttachmentCreation(node.Kernel).Preview(new EgressPlan(second)));
        Assert.Throws<AddressInUseException>(
            () => new AttachmentCreation(node.Kernel).Create(new EgressPlan(second), replace: true));
        Assert.Equal(before, node.State);

        node.Host.Ip($"link del {first.HostInterface}");
        node.Create(second);
        node.Settle(other);
        thrown = Assert.Throws<AddressInUseException>(
            () => new AttachmentRepair(node.Kernel).Repair(new EgressPlan(first)));
        Assert.Contains("It is an address of pods/c2/eg0", thrown.Message);
        Assert.True(node.Remove(first));
        Assert.True(node.Remove(second));
        Assert.Equal("", node.Records);
    }

    [Fact]
    public void Its_claims_go_with_it_but_not_those_of_others_on_its_gateway()
    {
        using Node node = new();
        using LiveNamespace other = new();
        Attachment[] both =
        [
            node.Attachment("c1", "169.254.172.5/22"),
            node.Attachment("c2", "169.254.172.6/22") with { Namespace = NamespaceReference.FromName(other.Name) },
        ];
        Array.ForEach(both, node.Create);
        Attachment elsewhere = WithGateway(both[0], "169.254.172.2", node.Container);
        new AttachmentCreation(node.Kernel).Create(new EgressPlan(elsewhere), replace: true);
        Assert.Equal(["169.254.172.1", "169.254.172.2"], Claimed(node));
        Assert.True(node.Remove(both[1]));
        Assert.Equal(["169.254.172.2"], Claimed(node));

        File.Delete(node.Kernel.Records.PathOf(elsewhere.Id));
        Assert.True(node.Remove(elsewhere));
        Assert.Equal("", node.Records);
        Assert.False(Directory.Exists(node.Kernel.Records.Folder));
    }

    [Fact]
    public void A_lost_claim_is_found_and_made_again()
    {
        using Node node = new();
        Attachment attachment = node.Attachment("c1", "169.254.172.5/22");
        node.Create(attachment);
        node.Settle();
        Directory.Delete($"{node.Kernel.Records.Folder}/+gateways", recursive: true);
        EgressFinding finding = Assert.Single(new AttachmentInspection(node.Kernel).Inspect(attachment));
        Assert.Equal(new EgressFinding(
            EgressFindingKind.Declaration, Gateway, "claimed as gateway by pods/c1/eg0", null), finding);
        Assert.Single(new AttachmentRepair(node.Kernel).Repair(new EgressPlan(attachment)));
        Assert.Equal([Gateway], Claimed(node));
    }

    [Fact]
    public void An_address_of_the_container_itself_is_no_gateway_of_it()
    {
        using Node node = new();
        Attachment attachment = node.Attachment("c1", "169.254.172.5/22", "169.254.172.1/22");
        attachment = attachment with
        {
            Addresses = [attachment.Addresses[0], attachment.Addresses[1] with { Gateway = InetAddress.Parse("169.254.172.2") }],
        };
        AttachmentException thrown = Assert.Throws<AttachmentException>(() => new EgressPlan(attachment));
        Assert.Equal($"Gateway '{Gateway}' is an IPAddress of the same container.", thrown.Message);
    }

    [Theory, InlineData(true), InlineData(false)]
    public void Only_one_of_two_gets_an_address_as_its_own_or_its_gateway(bool isGatewayFirst)
    {
        using Node node = new();
        using LiveNamespace other = new();
        Attachment[] both =
        [
            node.Attachment("c1", "169.254.172.5/22"),
            WithGateway(node.Attachment("c2", $"{Gateway}/22"), "169.254.172.9", other),
        ];
        Attachment first = both[isGatewayFirst ? 0 : 1], second = both[isGatewayFirst ? 1 : 0];
        using EgressKernel kernel = new(NamespaceReference.FromName(node.Host.Name));
        for (int at = 1; ; at++)
        {
            int changes = 0;
            Exception?[] thrown = [null, null];
            thrown[0] = Record.Exception(() => new AttachmentCreation(node.Kernel, _ =>
            {
                if (++changes == at)
                {
                    thrown[1] = Record.Exception(() => new AttachmentCreation(kernel).Create(new EgressPlan(second)));
                }
            }).Create(new EgressPlan(first)));
            if (changes < at)
            {
                Assert.True(at > 10);
                return;
            }

            Assert.True(thrown.Count(each => each is AddressInUseException) == 1, $"{at}: {thrown[0]} | {thrown[1]}");
            Assert.Single(thrown, each => each is null);
            Attachment made = thrown[0] is null ? first : second;
            Assert.Empty(new AttachmentInspection(node.Kernel).Inspect(made));
            Assert.True(node.Remove(made));
            Assert.Equal("", node.Records);
        }
    }

    [Fact]
    public void The_kernel_is_asked_for_one_that_is_new_alone()
    {
        const string GetRoute = "26";
        using Node node = new();
        using LiveNamespace other = new();
        node.Create(node.Attachment("c1", "169.254.172.5/22"));
        NamespaceReference host = NamespaceReference.FromName(node.Host.Name);
        List<string> asked = [];
        using EgressKernel counted = new(
            host, ns => new NetlinkConnection(new CountingTransport(FaultyTransport.Open(ns), ns == host ? asked : [])));
        Attachment second = WithGateway(node.Attachment("c2", "169.254.172.6/22"), Gateway, other);
        new AttachmentCreation(counted).Create(new EgressPlan(second));
        Assert.Single(asked, GetRoute);

        asked.Clear();
        Attachment elsewhere = WithGateway(second, "169.254.172.2", other);
        new AttachmentCreation(counted).Create(new EgressPlan(elsewhere), replace: true);
        Assert.Equal(2, asked.Count(each => each == GetRoute));
    }

    private static IEnumerable<string?> Claimed(Node node) =>
        Directory.GetDirectories($"{node.Kernel.Records.Folder}/+gateways").Select(Path.GetFileName).Order();

    private static Attachment WithGateway(Attachment attachment, string gateway, LiveNamespace ns) => attachment with
    {
        Namespace = NamespaceReference.FromName(ns.Name),
        Addresses = [.. attachment.Addresses.Select(each => each with { Gateway = InetAddress.Parse(gateway) })],
        Routes = [],
    };
}
