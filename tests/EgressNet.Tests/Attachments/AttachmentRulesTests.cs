using EgressNet.Attachments;
using EgressNet.Nat;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Namespaces;
using EgressNet.Netlink.Routes;
using EgressNet.Plans;

namespace EgressNet.Tests.Attachments;

public sealed class AttachmentRulesTests
{
    private static readonly Attachment s_good = new()
    {
        Id = new AttachmentId("pods", "c1", "eg0"),
        Namespace = NamespaceReference.FromName("nowhere"),
        Addresses = [At("10.0.0.5/24", "10.0.0.1")],
    };

    public static TheoryData<Attachment, AttachmentError, string> Bad => new()
    {
        { s_good with { Id = new("p/q", "c1", "eg0") }, AttachmentError.InvalidId, "Network 'p/q' is invalid." },
        { s_good with { Id = new("pods", "", "eg0") }, AttachmentError.InvalidId, "ContainerId '' is invalid." },
        { s_good with { Id = new("pods", "c1", "a/b") }, AttachmentError.InvalidId, "Name 'a/b' is invalid." },
        {
            s_good with { Id = new("pods", new string('c', 192), "eg0") }, AttachmentError.InvalidId,
            "is too long: with Network and Name it has 201 bytes, and 200 fit"
        },
        {
            s_good with { HostInterface = "sixteen-bytes-xx" }, AttachmentError.InvalidId,
            "HostInterface 'sixteen-bytes-xx' is no name."
        },
        { s_good with { Addresses = [] }, AttachmentError.InvalidAddress, "pods/c1/eg0 has no IPAddress." },
        {
            s_good with { Addresses = [s_good.Addresses[0], At("10.0.0.5/16", "10.0.0.1")] },
            AttachmentError.InvalidAddress, "IPAddress '10.0.0.5' is given twice."
        },
        {
            s_good with { Addresses = [At("224.0.0.5/24", "10.0.0.1")] }, AttachmentError.InvalidAddress,
            "IPAddress '224.0.0.5' cannot be the address of a container."
        },
        {
            s_good with { Addresses = [At("::1/128", "fd00::1")] }, AttachmentError.InvalidAddress,
            "IPAddress '::1' cannot be the address of a container."
        },
        { s_good with { Addresses = [At("0.0.0.5/8", "10.0.0.1")] }, AttachmentError.InvalidAddress, "IPAddress '0.0.0.5'" },
        {
            s_good with { Addresses = [At("255.255.255.255/32", "10.0.0.1")] }, AttachmentError.InvalidAddress,
            "IPAddress '255.255.255.255'"
        },
        {
            s_good with { Addresses = [At("::ffff:10.0.0.5/128", "fd00::1")] }, AttachmentError.InvalidAddress,
            "IPAddress '::ffff:10.0.0.5'"
        },
        {
            s_good with { Addresses = [At("169.254.169.254/32", "10.0.0.1")] }, AttachmentError.InvalidAddress,
            "IPAddress '169.254.169.254' cannot be the address of a container."
        },
        {
            s_good with { Addresses = [At("fd00:ec2::254/128", "fd00::1")] }, AttachmentError.InvalidAddress,
            "IPAddress 'fd00:ec2::254' cannot be the address of a container."
        },
        {
            s_good with { Addresses = [At("10.0.0.255/24", "10.0.0.1")] }, AttachmentError.InvalidAddress,
            "It is the network or broadcast address of 10.0.0.0/24."
        },
        {
            s_good with { Addresses = [At("10.0.0.0/24", "10.0.0.1")] }, AttachmentError.InvalidAddress,
            "It is the network or broadcast address of 10.0.0.0/24."
        },
        {
            s_good with { Addresses = [At("10.0.0.5/24", "169.254.169.254")] }, AttachmentError.InvalidGateway,
            "It is an address of instance metadata."
        },
        {
            s_good with { Addresses = [new(InetPrefix.Parse("10.0.0.5/24"), default)] },
            AttachmentError.InvalidGateway, "Gateway '' cannot be the gateway of 10.0.0.5/24. There is no gateway."
        },
        {
            s_good with { Addresses = [At("10.0.0.5/24", "fd00::1")] }, AttachmentError.InvalidGateway,
            "Gateway 'fd00::1' cannot be the gateway of 10.0.0.5/24."
        },
        {
            s_good with { Addresses = [At("10.0.0.5/24", "10.0.0.5")] }, AttachmentError.InvalidGateway,
            "It is the address itself."
        },
        {
            s_good with { Addresses = [At("10.0.0.5/24", "10.0.0.1", "fd00::1")] }, AttachmentError.InvalidNat,
            "NatAddress 'fd00::1' is not of the family of 10.0.0.5"
        },
        {
            s_good with { Addresses = [At("10.0.0.5/24", "10.0.0.1", "0.0.0.0")] }, AttachmentError.InvalidNat,
            "NatAddress '0.0.0.0' cannot be a source address of the node."
        },
        {
            s_good with { Excluded = [InetPrefix.Parse("fd00::/8")] }, AttachmentError.InvalidNat,
            "ExcludePrefix 'fd00::/8' is IPv6, but IPAddress contains no IPv6 address."
        },
        { s_good with { Mtu = 67 }, AttachmentError.InvalidMtu, "Mtu 67 is too small: a link needs 68." },
        { s_good with { Mtu = 0 }, AttachmentError.InvalidMtu, "Mtu 0 is too small: a link needs 68." },
        {
            s_good with { Mtu = 1279, Addresses = [At("fd00::5/64", "fd00::1")] },
            AttachmentError.MtuTooSmallForIPv6, "Mtu 1279 is too small: IPv6 needs 1280."
        },
        {
            s_good with { Routes = [Via("10.1.0.1/16", "10.0.0.1")] }, AttachmentError.InvalidRoute,
            "Route '10.1.0.1/16' cannot be added. Its network is 10.1.0.0/16."
        },
        {
            s_good with { Routes = [Via("0.0.0.0/0", "fd00::1")] }, AttachmentError.InvalidRoute,
            "Route '0.0.0.0/0' cannot be added. Gateway 'fd00::1' is not of its family."
        },
        {
            s_good with { Routes = [Via("0.0.0.0/0", "10.0.0.1"), Via("0.0.0.0/0", "10.0.0.2")] },
            AttachmentError.InvalidRoute, "Route '0.0.0.0/0' cannot be added. It is given twice."
        },
        {
            s_good with { Routes = [Via("10.9.0.0/16", "10.0.0.1") with { Table = 0 }] }, AttachmentError.InvalidRoute,
            "Route '10.9.0.0/16' cannot be added. Table 0 is invalid."
        },
        {
            s_good with { Routes = [Via("10.9.0.0/16", "10.0.0.1") with { Scope = RouteScope.Link }] },
            AttachmentError.InvalidRoute, "Scope 'Link' has no gateway, and it has '10.0.0.1'."
        },
        {
            s_good with { Routes = [Via("10.9.0.0/16", "10.0.0.1") with { Mtu = 65521 }] },
            AttachmentError.InvalidRoute, "MTU 65521 is more than 65520."
        },
        {
            s_good with { Routes = [Via("10.9.0.0/16", "10.0.0.1") with { AdvertisedMss = 65496 }] },
            AttachmentError.InvalidRoute, "Advertised MSS 65496 is more than 65495."
        },
        {
            s_good with
            {
                Addresses = [At("fd00::5/64", "fd00::1")],
                Routes = [Via("fd01::/64", "fd00::1") with { Scope = RouteScope.Site }],
            },
            AttachmentError.InvalidRoute, "Scope 'Site' is for IPv4 alone."
        },
        {
            s_good with { Routes = [Via("10.0.0.0/24", "10.0.0.2")] }, AttachmentError.InvalidRoute,
            "Address 10.0.0.5/24 already adds this route, via 10.0.0.1 and without other attributes."
        },
        {
            s_good with { Routes = [Via("10.0.0.1/32", "10.0.0.1") with { Mtu = 1400 }] }, AttachmentError.InvalidRoute,
            "Address 10.0.0.5/24 already adds this route, via 10.0.0.1 and without other attributes."
        },
        { s_good with { Namespace = null }, AttachmentError.NamespaceGone, "The network namespace of pods/c1/eg0" },
        { s_good with { IsDeclared = false }, AttachmentError.NotDeclared, "The desired state of pods/c1/eg0 is missing" },
    };

    [Fact]
    public void A_good_one_is_planned() => Assert.NotEmpty(new EgressPlan(s_good).Steps);

    [Fact]
    public void Routes_that_the_addresses_bring_may_be_listed()
    {
        InetPrefix gateway = InetPrefix.Parse("10.0.0.1/32");
        EgressPlan plan = new(s_good with
        {
            Routes = [new(gateway, default), Via("10.0.0.0/24", "10.0.0.1"), Via("0.0.0.0/0", "10.0.0.1")],
        });
        Assert.Equal(
            ["10.0.0.1/32", "10.0.0.0/24 via 10.0.0.1", "0.0.0.0/0 via 10.0.0.1"],
            plan.Steps.Where(step => step.GetType() == typeof(RouteStep)).Select(step => $"{((RouteStep)step).Route}"));
    }

    [Theory]
    [InlineData("10.0.0.0/8")]
    [InlineData("10.0.0.0/8 via 10.1.1.1")]
    [InlineData("10.0.0.0/8 via 10.1.1.1 metric 5 table 100 mtu 1400 advmss 1360")]
    [InlineData("10.0.0.0/8 scope link")]
    public void A_route_comes_back_from_its_text(string text)
    {
        AttachmentRoute route = AttachmentRoute.Parse(text);
        Assert.Equal(text, $"{route}");
        Assert.Equal(route, AttachmentRoute.FromRoute(route.ToRoute()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("10.0.0.1/8")]
    [InlineData("10.0.0.0/8 via")]
    [InlineData("10.0.0.0/8 dev eth0")]
    [InlineData("10.0.0.0/8 metric -1")]
    [InlineData("10.0.0.0/8 metric 1 metric 2")]
    public void A_text_that_is_no_route_is_refused(string text) =>
        Assert.Throws<FormatException>(() => AttachmentRoute.Parse(text));

    [Theory]
    [MemberData(nameof(Bad))]
    public void A_bad_one_is_refused_by_name_and_value(Attachment attachment, AttachmentError reason, string message)
    {
        AttachmentException thrown = Assert.Throws<AttachmentException>(() => new EgressPlan(attachment));
        Assert.Contains(message, thrown.Message);
        Assert.Equal(reason, thrown.Reason);
    }

    private static AttachmentAddress At(string address, string gateway, string? node = null) => new(
        InetPrefix.Parse(address),
        InetAddress.Parse(gateway),
        node is null ? null : new SourceNat(InetAddress.Parse(node)));

    private static AttachmentRoute Via(string destination, string gateway) =>
        new(InetPrefix.Parse(destination), InetAddress.Parse(gateway));
}
