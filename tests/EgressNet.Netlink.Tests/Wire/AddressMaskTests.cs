using CsCheck;
using EgressNet.Netlink.Inet;
using Xunit;

namespace EgressNet.Netlink.Tests.Wire;

public sealed class AddressMaskTests
{
    [Fact]
    public void The_bits_behind_any_prefix_are_cleared_or_set() =>
        Gen.Select(Gen.OneOf(Gen.Byte.Array[4], Gen.Byte.Array[16]), Gen.Int[0, 128]).Sample((bytes, some) =>
        {
            int length = some % (bytes.Length * 8 + 1);
            InetAddress address = InetAddress.FromBytes(bytes);
            Assert.Equal(With(bytes, length, false), address.Mask(length));
            Assert.Equal(With(bytes, length, true), address.Fill(length));
        });

    private static InetAddress With(byte[] bytes, int length, bool isSet)
    {
        byte[] changed = [.. bytes];
        for (int bit = length; bit < bytes.Length * 8; bit++)
        {
            int mask = 0x80 >> bit % 8;
            changed[bit / 8] = (byte)(isSet ? changed[bit / 8] | mask : changed[bit / 8] & ~mask);
        }

        return InetAddress.FromBytes(changed);
    }
}
