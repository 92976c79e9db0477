using System.Management.Automation;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Namespaces;
using EgressNet.Netlink.Routes;
using EgressNet.Transformations;

namespace EgressNet.Cmdlets.Tests.Transformations;

public sealed class TransformationTests
{
    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1")]
    [InlineData("FD00::0:1", "fd00::1")]
    [InlineData("0.0.0.0", "0.0.0.0")]
    public void An_address_is_read(string text, string expected) =>
        Assert.Equal(expected, Assert.IsType<InetAddress>(Address(text)).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("192.0.2")]
    [InlineData("192.0.2.256")]
    [InlineData("0x7f000001")]
    [InlineData("192.0.2.1/24")]
    [InlineData("fe80::1%eth0")]
    [InlineData("[fd00::1]")]
    [InlineData("gateway")]
    [InlineData(3232235521)]
    public void What_is_no_address_is_refused(object input) => Assert.Contains(
        $"'{input}' is not an IPv4 or IPv6 address", Transformed.Fault<InetAddressTransformationAttribute>(input));

    [Theory]
    [InlineData("10.0.0.0/8", "10.0.0.0/8")]
    [InlineData("0.0.0.0/0", "0.0.0.0/0")]
    [InlineData("::/0", "::/0")]
    [InlineData("192.0.2.7", "192.0.2.7/32")]
    [InlineData("fd00::7", "fd00::7/128")]
    public void A_network_is_read(string text, string expected) =>
        Assert.Equal(expected, Transformed.Of<InetPrefixTransformationAttribute>(text)!.ToString());

    [Theory]
    [InlineData("10.0.0.1/8", "has host bits set; the network is 10.0.0.0/8")]
    [InlineData("fd00::1/64", "has host bits set; the network is fd00::/64")]
    [InlineData("10.0.0.0/33", "is not an address with a prefix length")]
    [InlineData("::/129", "is not an address with a prefix length")]
    [InlineData("10.0.0.0/-1", "is not an address with a prefix length")]
    [InlineData("10.0.0.0/ 8", "is not an address with a prefix length")]
    [InlineData("10.0.0.0/", "is not an address with a prefix length")]
    [InlineData("default", "is not an address with a prefix length")]
    [InlineData("", "is not an address with a prefix length")]
    public void What_is_no_network_is_refused(string text, string fault) =>
        Assert.Contains($"'{text}' {fault}", Transformed.Fault<InetPrefixTransformationAttribute>(text));

    [Theory]
    [InlineData("192.0.2.5", "192.0.2.5", null)]
    [InlineData("192.0.2.5/24", "192.0.2.5", 24)]
    [InlineData("fd00::5/128", "fd00::5", 128)]
    [InlineData("192.0.2.0/0", "192.0.2.0", 0)]
    public void An_interface_s_address_is_read(string text, string address, int? length)
    {
        IPAddressText read = Assert.IsType<IPAddressText>(Transformed.Of<IPAddressTransformationAttribute>(text));
        Assert.Equal(address, read.Address.ToString());
        Assert.Equal(length, read.PrefixLength);
        Assert.Equal(text, read.ToString());
        Assert.Same(read, Transformed.Of<IPAddressTransformationAttribute>(read));
    }

    [Theory]
    [InlineData("")]
    [InlineData("192.0.2.5/33")]
    [InlineData("fd00::5/129")]
    [InlineData("192.0.2.5/x")]
    [InlineData("host")]
    public void What_is_no_interface_s_address_is_refused(string text) => Assert.Contains(
        $"'{text}' is not an IPv4 or IPv6 address", Transformed.Fault<IPAddressTransformationAttribute>(text));

    [Theory]
    [InlineData("02:00:5e:10:00:01")]
    [InlineData("02-00-5E-10-00-01")]
    [InlineData("02:00:5E:10:00:01")]
    public void A_MAC_address_is_read(string text) =>
        Assert.Equal("02:00:5e:10:00:01", Transformed.Of<MacAddressTransformationAttribute>(text)!.ToString());

    [Theory]
    [InlineData("02:00:5e:10:00", "is not a MAC address")]
    [InlineData("02:00:5e:10:00:01:02", "is not a MAC address")]
    [InlineData("02:00-5e:10:00:01", "is not a MAC address")]
    [InlineData("02005e100001", "is not a MAC address")]
    [InlineData("0g:00:5e:10:00:01", "is not a MAC address")]
    [InlineData("", "is not a MAC address")]
    [InlineData("01:00:5e:00:00:01", "is a multicast MAC address")]
    [InlineData("ff:ff:ff:ff:ff:ff", "is a multicast MAC address")]
    [InlineData("00:00:00:00:00:00", "is all zeros")]
    public void What_no_interface_can_have_is_refused(string text, string fault) =>
        Assert.Contains($"'{text}' {fault}", Transformed.Fault<MacAddressTransformationAttribute>(text));

    [Theory]
    [InlineData("main", 254u)]
    [InlineData("LOCAL", 255u)]
    [InlineData("default", 253u)]
    [InlineData("all", 0u)]
    [InlineData("1", 1u)]
    [InlineData("4294967295", uint.MaxValue)]
    [InlineData(1000, 1000u)]
    [InlineData(254u, 254u)]
    public void A_table_is_read(object input, uint expected) =>
        Assert.Equal(expected, Transformed.Of<RouteTableTransformationAttribute>(input));

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("4294967296")]
    [InlineData("1.0")]
    [InlineData("")]
    [InlineData("blue")]
    [InlineData(-1)]
    [InlineData(0)]
    public void What_is_no_table_is_refused(object input) => Assert.Contains(
        $"'{input}' is not a routing table", Transformed.Fault<RouteTableTransformationAttribute>(input));

    [Theory]
    [InlineData("boot", 3)]
    [InlineData("Kernel", 2)]
    [InlineData("77", 77)]
    [InlineData(255, 255)]
    public void A_protocol_is_read_by_name_and_number(object input, int expected) =>
        Assert.Equal((RouteProtocol)expected, Transformed.Of<RouteProtocolTransformationAttribute>(input));

    [Theory]
    [InlineData("")]
    [InlineData("nope")]
    [InlineData("256")]
    [InlineData(-1)]
    public void What_is_no_protocol_is_refused(object input) => Assert.Contains(
        $"'{input}' is not a routing protocol", Transformed.Fault<RouteProtocolTransformationAttribute>(input));

    [Theory]
    [InlineData("blue", "/run/netns/blue")]
    [InlineData("/run/netns/blue", "/run/netns/blue")]
    [InlineData("/proc/7/ns/net", "/proc/7/ns/net")]
    [InlineData(7, "/proc/7/ns/net")]
    [InlineData("2147483647", "/proc/2147483647/ns/net")]
    public void A_namespace_is_read(object input, string path) => Assert.Equal(
        path, Assert.IsType<NetNamespace>(Transformed.Of<NetNamespaceTransformationAttribute>(input)).Reference.Path);

    [Theory]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("2147483648")]
    [InlineData(0)]
    [InlineData(-1)]
    public void What_names_no_namespace_is_refused(object input) =>
        Assert.NotEmpty(Transformed.Fault<NetNamespaceTransformationAttribute>(input));

    [Fact]
    public void A_namespace_object_is_taken()
    {
        NetNamespace listed = new(NamespaceReference.FromName("blue"), null);
        Assert.Same(listed, Transformed.Of<NetNamespaceTransformationAttribute>(listed));
    }

    [Fact]
    public void An_object_s_own_text_means_its_namespace_equal_text_the_name()
    {
        NetNamespaceIdentity identity = new(4, 4026531840, 42);
        NamespaceOrigin origin = new(NamespaceReference.FromName("blue"), identity);

        foreach (string text in (string[])[origin.Text!, origin.Path])
        {
            Assert.Equal(identity, Read(text).Identity);
            Assert.Equal(identity, Read(PSObject.AsPSObject(text)).Identity);
            Assert.Equal("/run/netns/blue", Read(new string(text)).Path);
            Assert.Null(Read(new string(text.AsSpan())).Identity);
        }

        Assert.Equal("/run/netns/27127", new NamespaceOrigin(NamespaceReference.FromName("27127"), identity).Text);
        Assert.Null(new NamespaceOrigin(null, identity).Text);

        static NamespaceReference Read(object input) =>
            Assert.IsType<NetNamespace>(Transformed.Of<NetNamespaceTransformationAttribute>(input)).Reference;
    }

    [Fact]
    public void A_namespace_object_from_a_job_or_a_file_carries_its_identity()
    {
        NetNamespace listed = new(NamespaceReference.FromName("27127"), new NetNamespaceIdentity(4, 4026531840, 42));
        object stored = PSSerializer.Deserialize(PSSerializer.Serialize(listed));
        NamespaceReference read =
            Assert.IsType<NetNamespace>(Transformed.Of<NetNamespaceTransformationAttribute>(stored)).Reference;
        Assert.Equal(("/run/netns/27127", listed.Reference.Identity), (read.Path, read.Identity));
    }

    [Fact]
    public void What_the_engine_wrapped_is_unwrapped()
    {
        Assert.Equal(InetAddress.Parse("192.0.2.1"), Address(new PSObject("192.0.2.1")));
        Assert.Equal(254u, Transformed.Of<RouteTableTransformationAttribute>(new PSObject("main")));
        Assert.Equal(
            NamespaceReference.FromProcess(7).Path,
            Assert.IsType<NetNamespace>(Transformed.Of<NetNamespaceTransformationAttribute>(PSObject.AsPSObject(7))).Path);
    }

    [Fact]
    public void An_array_is_transformed_item_by_item()
    {
        object[] items = ["192.0.2.1", new PSObject("fd00::1")];
        Assert.Equal(
            new object?[] { InetAddress.Parse("192.0.2.1"), InetAddress.Parse("fd00::1") },
            Assert.IsType<object[]>(Transformed.Of<InetAddressTransformationAttribute>(items)));
        Assert.Contains("'x'", Transformed.Fault<InetAddressTransformationAttribute>(new object[] { "192.0.2.1", "x" }));
        Assert.Contains("null", Transformed.Fault<InetAddressTransformationAttribute>(new object?[] { "192.0.2.1", null }));
    }

    [Fact]
    public void The_binder_converts_numbers_but_empty_text_is_an_error()
    {
        Assert.Equal("24", Transformed.Of<ValueTransformationAttribute>("24"));
        Assert.Null(Transformed.Of<ValueTransformationAttribute>(null));
        Assert.Contains("empty", Transformed.Fault<ValueTransformationAttribute>(""));
    }

    [Fact]
    public void Null_stays_null()
    {
        Assert.Null(Transformed.Of<InetAddressTransformationAttribute>(null));
        Assert.Null(Transformed.Of<NetNamespaceTransformationAttribute>(null));
        Assert.Null(Transformed.Of<NetNamespaceTransformationAttribute>(""));
        Assert.Null(Transformed.Of<MacAddressTransformationAttribute>(null));
    }

    [Theory]
    [InlineData("eth0")]
    [InlineData("fifteen-bytes-x")]
    [InlineData("ü")]
    public void A_good_interface_name_passes(string name) => Assert.Null(Record.Exception(() => Validate(name)));

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("sixteen-bytes-xx")]
    [InlineData("üüüüüüüü")]
    [InlineData("a/b")]
    [InlineData("a:b")]
    [InlineData("a b")]
    [InlineData("a\tb")]
    [InlineData("veth%d")]
    public void A_bad_interface_name_is_named(string name) =>
        Assert.Contains(
            $"'{TerminalText.Of(name)}'", Assert.Throws<ValidationMetadataException>(() => Validate(name)).Message);

    private static object? Address(object? input) => Transformed.Of<InetAddressTransformationAttribute>(input);

    private static void Validate(string name) => typeof(ValidateInterfaceNameAttribute)
        .GetMethod("ValidateElement", System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.NonPublic)!
        .CreateDelegate<Action<object>>(new ValidateInterfaceNameAttribute())(name);
}
