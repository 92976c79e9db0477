using System.Net;
using CsCheck;
using EgressNet.Netlink.Inet;
using Xunit;

namespace EgressNet.Netlink.Tests.Wire;

public sealed class AddressTextTests
{
    [Fact]
    public void An_address_is_written_and_read_as_the_framework_does()
    {
        Gen.OneOf(Gen.Byte.Array[4], Gen.Byte.Array[16], Gen.Byte[0, 1].Array[16]).Sample(bytes =>
        {
            string text = new IPAddress(bytes).ToString();
            Assert.Equal(InetAddress.FromBytes(bytes), InetAddress.Parse(text));
            Assert.Equal(text, InetAddress.FromBytes(bytes).ToString());
        });
    }

    [Theory]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("1::")]
    [InlineData("FD00:0EC2::254")]
    [InlineData("1:2:3:4:5:6:7:8")]
    [InlineData("0001:2:3:4:5:6:7::")]
    [InlineData("::2:3:4:5:6:7:8")]
    [InlineData("::ffff:192.0.2.1")]
    [InlineData("1:2:3:4:5:6:192.0.2.1")]
    [InlineData("64:ff9b::192.0.2.33")]
    public void IPv6_is_read_in_each_of_its_forms(string text) =>
        Assert.Equal(InetAddress.FromBytes(IPAddress.Parse(text).GetAddressBytes()), InetAddress.Parse(text));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("1.2.3")]
    [InlineData("1.2.3.4.5")]
    [InlineData("1.2.3.256")]
    [InlineData("1.2.3.04")]
    [InlineData("1.2.3.")]
    [InlineData("1.2.3.4 ")]
    [InlineData("1.2.3.4\0")]
    [InlineData("+1.2.3.4")]
    [InlineData("0x1.2.3.4")]
    [InlineData("1.2.3.\u0664")]
    [InlineData(":")]
    [InlineData(":::")]
    [InlineData("1:")]
    [InlineData(":1")]
    [InlineData(":1::2")]
    [InlineData("1::2:")]
    [InlineData("1::2::3")]
    [InlineData("1:2:3:4:5:6:7")]
    [InlineData("1:2:3:4:5:6:7:8:9")]
    [InlineData("1:2:3:4::5:6:7:8")]
    [InlineData("12345::")]
    [InlineData("g::")]
    [InlineData("+1::")]
    [InlineData("1::\0")]
    [InlineData("fe80::1%eth0")]
    [InlineData("[::1]")]
    [InlineData("::1/128")]
    [InlineData("::1.2.3")]
    [InlineData("::01.2.3.4")]
    [InlineData("1.2.3.4::")]
    [InlineData("1:2:3:4:5:6:7:1.2.3.4")]
    public void What_is_no_address_is_none(string? text)
    {
        Assert.False(InetAddress.TryParse(text, out InetAddress address));
        Assert.True(address.IsNone);
    }
}
