using EgressNet.Attachments;
using EgressNet.Nat;
using EgressNet.Netlink.Addresses;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Namespaces;
using EgressNet.Netlink.Routes;
using EgressNet.Plans;

namespace EgressNet.Tests.Attachments;

public sealed class EgressPlanTests
{
    private static readonly Attachment s_dual = new()
    {
        Id = new AttachmentId("pods", "c1", "eg0"),
        Namespace = NamespaceReference.FromName("c1"),
        HostInterface = "h0",
        Addresses =
        [
            new(InetPrefix.Parse("10.0.0.5/24"), InetAddress.Parse("10.0.0.1"), new SourceNat()),
            new(InetPrefix.Parse("10.0.0.6/24"), InetAddress.Parse("10.0.0.1")),
            new(InetPrefix.Parse("fd00::5/64"), InetAddress.Parse("fd00::1")),
        ],
        Routes = [new(InetPrefix.Parse("0.0.0.0/0"), InetAddress.Parse("10.0.0.1"))],
        Excluded =
        [
            InetPrefix.Parse("10.1.2.3/16"), InetPrefix.Parse("10.1.0.0/16"), InetPrefix.Parse("10.1.9.0/24"),
            InetPrefix.Parse("fd01::/16"),
        ],
    };

    [Fact]
    public void A_plan_is_the_list_of_changes_in_order()
    {
        Assert.Equal(
            [
                "write record of pods/c1/eg0, claim 10.0.0.5, 10.0.0.6, fd00::5",
                "set net.ipv4.ip_forward = 1",
                "set net.ipv6.conf.all.forwarding = 1",
                "add veth h0, peer eg0 in c1, mtu 1500",
                "set net.ipv4.conf.h0.forwarding = 1",
                "set net.ipv6.conf.h0.accept_ra = 0",
                "set net.ipv6.conf.h0.disable_ipv6 = 0",
                "set net.ipv6.conf.h0.accept_dad = 0",
                "set net.ipv6.conf.eg0.disable_ipv6 = 0",
                "set net.ipv6.conf.eg0.accept_dad = 0",
                "set link h0 up, alias egressnet:pods/c1/eg0, group 16925400",
                "add address 10.0.0.1/32 dev h0",
                "add address fd00::1/128 dev h0",
                "add route 10.0.0.5/32 dev h0",
                "add route 10.0.0.6/32 dev h0",
                "add route fd00::5/128 dev h0",
            ],
            new EgressPlan(s_dual).Steps.Take(16).Select(step => step.Text));
    }

    [Fact]
    public void Translation_stands_before_the_container_s_end_is_up()
    {
        List<EgressStep> steps = [.. new EgressPlan(s_dual).Steps];
        Assert.True(steps.FindIndex(step => step is NatStep)
            < steps.FindIndex(step => step is LinkStep { Side: EgressSide.Container }));
    }

    [Fact]
    public void Without_IPv6_the_host_s_end_has_none()
    {
        IEnumerable<string> settings = new EgressPlan(s_dual with { Addresses = [s_dual.Addresses[0]], Excluded = [] })
            .Steps.OfType<SettingStep>().Select(step => step.Setting);
        Assert.Equal(
            [
                "net/ipv4/ip_forward", "net/ipv4/conf/h0/forwarding", "net/ipv6/conf/h0/accept_ra",
                "net/ipv6/conf/h0/disable_ipv6",
            ],
            settings);
    }

    [Fact]
    public void Addresses_behind_one_gateway_share_its_route()
    {
        IEnumerable<Route> routes = new EgressPlan(s_dual).Steps.OfType<RouteStep>()
            .Where(step => step.Side == EgressSide.Container).Select(step => step.Route);
        Assert.Equal(
            ["10.0.0.1/32", "10.0.0.0/24", "fd00::1/128", "fd00::/64", "0.0.0.0/0"],
            routes.Select(route => $"{route.Destination}"));
    }

    [Fact]
    public void IPv6_addresses_have_neither_DAD_nor_a_connected_route()
    {
        InterfaceAddress address = new EgressPlan(s_dual).Steps.OfType<AddressStep>()
            .Last(step => step.Side == EgressSide.Container).Address;
        Assert.Equal(AddressFlags.NoDad | AddressFlags.NoPrefixRoute, address.Flags);
    }

    [Fact]
    public void Exclusions_are_per_translated_family_and_without_nested_ones()
    {
        IReadOnlyList<NatEntry> entries = Assert.Single(new EgressPlan(s_dual).Steps.OfType<NatStep>()).Entries;
        Assert.Equal([InetPrefix.Parse("10.1.0.0/16")], entries[0].Excluded);
        Assert.Empty(entries[1].Excluded);
        Assert.Empty(entries[2].Excluded);
        Assert.All(entries, entry => Assert.Equal("pods/c1/eg0", entry.Owner));
    }
}
