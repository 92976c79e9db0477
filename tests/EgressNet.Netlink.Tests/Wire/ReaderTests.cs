using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Tests.Fakes;
using EgressNet.Netlink.Wire;
using Xunit;
using static EgressNet.Netlink.Tests.Wire.Encoded;

namespace EgressNet.Netlink.Tests.Wire;

public sealed class ReaderTests
{
    [Theory]
    [InlineData("0700 0300 637630 00")]
    [InlineData("0800 0300 63763000")]
    [InlineData("0c00 0300 6376300078787878")]
    public void Text_is_read_with_and_without_its_NUL(string hex) => Assert.Equal("cv0", First(hex).Text);

    [Fact]
    public void Text_that_is_not_UTF8_is_marked_and_its_bytes_are_kept()
    {
        NetlinkAttribute attribute = First("0600 0300 fffe 0000");

        Assert.Equal("\ufffd\ufffd", attribute.Text);
        Assert.Equal([0xff, 0xfe], attribute.TextBytes.ToArray());
    }

    [Fact]
    public void The_last_message_may_lack_its_padding()
    {
        byte[] first = Reply.Message(16, 1, [1]);
        byte[] last = Reply.Message(17, 2, [1, 2, 3]);
        MessageReader reader = new([.. first, .. last.AsSpan(0, 19)]);

        Assert.True(reader.MoveNext());
        Assert.Equal([1], reader.Current.Payload.ToArray());
        Assert.True(reader.MoveNext());
        Assert.Equal([1, 2, 3], reader.Current.Payload.ToArray());
        Assert.False(reader.MoveNext());
    }

    [Fact]
    public void The_last_padding_may_be_missing_and_stray_padding_ends_a_run()
    {
        Assert.Equal([1], First("0500 0300 01").Payload.ToArray());
        Assert.Equal(1, Count("0500 0300 01 000000 0000"));
    }

    [Theory]
    [InlineData("0800 1280 01000000")]
    [InlineData("0800 12c0 01000000")]
    [InlineData("0800 1240 01000000")]
    [InlineData("0800 1200 01000000")]
    public void Flag_bits_are_no_part_of_a_type(string hex) => Assert.Equal(0x12, First(hex).Type);

    [Fact]
    public void A_64_bit_number_stands_on_4_bytes()
    {
        byte[] bytes = [0, 0, 0, .. Bytes("0c00 0100 0807060504030201")];
        AttributeReader reader = new(bytes.AsSpan(3));

        Assert.True(reader.MoveNext());
        Assert.Equal(0x0102030405060708ul, reader.Current.U64);
    }

    [Theory]
    [InlineData("1400 0100 01000000 02000000 03000000 04000000", 1u, 2u, 3u, 4u)]
    [InlineData("1c00 0100 01000000 02000000 03000000 04000000 ffffffff ffffffff", 1u, 2u, 3u, 4u)]
    [InlineData("0c00 0100 01000000 02000000", 1u, 2u, 0u, 0u)]
    [InlineData("0600 0100 0100 0000", 1u, 0u, 0u, 0u)]
    [InlineData("0400 0100", 0u, 0u, 0u, 0u)]
    public void A_struct_may_be_longer_or_shorter(string hex, uint a, uint b, uint c, uint d)
    {
        ifa_cacheinfo info = First(hex).Struct<ifa_cacheinfo>();

        Assert.Equal((a, b, c, d), (info.ifa_prefered, info.ifa_valid, info.cstamp, info.tstamp));
    }

    [Fact]
    public void A_short_number_is_malformed_and_a_longer_one_is_read()
    {
        Assert.Throws<NetlinkFormatException>(() => First("0600 0100 0100 0000").U32);
        Assert.Throws<NetlinkFormatException>(() => First("0400 0100").U8);
        Assert.Equal(1u, First("0c00 0100 01000000 00000000").U32);
    }

    [Theory]
    [InlineData("0300 0100")]
    [InlineData("0000 0100")]
    [InlineData("0900 0100 01020304")]
    [InlineData("ffff 0100 01020304")]
    public void An_attribute_that_points_outside_is_malformed(string hex) =>
        Assert.Throws<NetlinkFormatException>(() => Count(hex));

    [Theory]
    [InlineData("0f000000 1000 0000 00000000 00000000")]
    [InlineData("00000000 1000 0000 00000000 00000000")]
    [InlineData("11000000 1000 0000 00000000 00000000")]
    [InlineData("ffffffff 1000 0000 00000000 00000000")]
    [InlineData("10000000 1000 0000 00000000 000000")]
    public void A_message_that_points_outside_is_malformed(string hex) =>
        Assert.Throws<NetlinkFormatException>(() => new MessageReader(Bytes(hex)).MoveNext());

    [Theory]
    [InlineData("0100 00 00 00000000")]
    [InlineData("0000 00 00 00000000")]
    [InlineData("0900 00 00 00000000")]
    public void A_packed_record_that_points_outside_is_malformed(string hex) =>
        Assert.Throws<NetlinkFormatException>(() => new PackedRecordReader(Bytes(hex)).MoveNext());

    private static NetlinkAttribute First(string hex)
    {
        AttributeReader reader = new(Bytes(hex));
        Assert.True(reader.MoveNext());
        return reader.Current;
    }

    private static int Count(string hex)
    {
        int count = 0;
        foreach (NetlinkAttribute _ in new AttributeReader(Bytes(hex)))
        {
            count++;
        }

        return count;
    }
}
