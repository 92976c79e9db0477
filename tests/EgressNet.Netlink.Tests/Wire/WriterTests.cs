using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Routes;
using EgressNet.Netlink.Wire;
using Xunit;
using static EgressNet.Netlink.Tests.Wire.Encoded;

namespace EgressNet.Netlink.Tests.Wire;

public sealed class WriterTests
{
    [Theory]
    [InlineData(0, "0400 0100")]
    [InlineData(1, "0500 0100 01 000000")]
    [InlineData(3, "0700 0100 010203 00")]
    [InlineData(4, "0800 0100 01020304")]
    public void Lengths_leave_padding_out_and_padding_is_zero(int length, string hex) =>
        Assert.Equal(Hex(hex), Message(RTM.RTM_NEWROUTE, (ref NetlinkWriter writer) =>
            writer.Attribute(RTA.RTA_DST, new byte[] { 1, 2, 3, 4 }.AsSpan(0, length))));

    [Fact]
    public void Raw_attributes_are_padded_too() =>
        Assert.Equal(Hex("0500 0100 01 000000"), Message(RTM.RTM_NEWROUTE, (ref NetlinkWriter writer) =>
            writer.Raw([5, 0, 1, 0, 1])));

    [Theory]
    [InlineData(65531, true)]
    [InlineData(65532, false)]
    public void An_attribute_holds_what_16_bits_can_count(int length, bool fits) =>
        Fits(fits, (ref NetlinkWriter writer) => writer.Attribute(RTA.RTA_DST, new byte[length]));

    [Theory]
    [InlineData(8191, true)]
    [InlineData(8192, false)]
    public void A_nest_holds_what_16_bits_can_count(int attributes, bool fits) =>
        Fits(fits, (ref NetlinkWriter writer) =>
        {
            int nest = writer.BeginNest(RTA.RTA_METRICS);
            for (int i = 0; i < attributes; i++)
            {
                writer.Attribute(RTAX.RTAX_MTU, 1u);
            }

            writer.EndNest(nest);
        });

    [Fact]
    public void A_route_of_too_many_hops_is_refused_before_it_is_sent()
    {
        Fakes.FakeKernel kernel = new();
        using Netlink.Transport.NetlinkConnection connection = new(kernel);
        Route route = new()
        {
            Destination = InetPrefix.Parse("10.0.0.0/8"),
            NextHops = [.. Enumerable.Repeat(new NextHop { Gateway = InetAddress.Parse("10.0.0.1") }, 5000)],
        };

        Assert.Throws<NetlinkFormatException>(() => connection.Routes.Write(route));
        Assert.Empty(kernel.Sent);
    }

    [Theory]
    [InlineData(28, true)]
    [InlineData(27, false)]
    [InlineData(16, false)]
    public void A_message_stays_within_its_buffer(int bufferLength, bool fits) =>
        Fits(fits, (ref NetlinkWriter writer) => writer.Attribute(RTA.RTA_FLOW, 1ul), bufferLength);

    [Fact]
    public void Text_ends_with_a_NUL() =>
        Assert.Equal(Hex("0700 0300 c3a9 00 00"), Message(RTM.RTM_NEWLINK, (ref NetlinkWriter writer) =>
            writer.Text(IFLA.IFLA_IFNAME, "é")));

    [Theory]
    [InlineData("a\0b")]
    [InlineData("")]
    public void Text_that_the_kernel_would_read_as_another_is_refused(string text) =>
        Assert.Throws<ArgumentException>(() => Message(RTM.RTM_NEWLINK, (ref NetlinkWriter writer) =>
            writer.Text(IFLA.IFLA_IFNAME, text)));

    private static void Fits(bool fits, Fill fill, int bufferLength = NetlinkAlignment.MaxMessageLength)
    {
        Exception? error = Record.Exception(() => Message(RTM.RTM_NEWROUTE, fill, bufferLength));
        if (fits)
        {
            Assert.Null(error);
        }
        else
        {
            Assert.IsType<NetlinkFormatException>(error);
        }
    }
}
