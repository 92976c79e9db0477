namespace EgressNet.Netlink.Tests.Hostile;

/// <summary>Makes bytes wrong in the ways that readers fall for: lengths, types, counts, cuts, and parts of other
/// messages.</summary>
internal static class Mutation
{
    private static readonly ushort[] s_telling = [0, 1, 2, 3, 4, 5, 7, 8, 0x7fff, 0x8000, 0x8001, 0xfffc, 0xffff];

    public static byte[] Of(Random random, byte[][] seeds)
    {
        List<byte> bytes = [.. seeds[random.Next(seeds.Length)]];
        for (int changes = random.Next(1, 7); changes > 0 && bytes.Count > 0; changes--)
        {
            Change(random, bytes, seeds);
        }

        if (random.Next(3) > 0)
        {
            ClaimLength(bytes);
        }

        return [.. bytes];
    }

    private static void Change(Random random, List<byte> bytes, byte[][] seeds)
    {
        int at = random.Next(bytes.Count);
        switch (random.Next(8))
        {
            case 0:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1:
                bytes[at] = (byte)random.Next(256);
                break;
            case 2 or 3:
                Put(bytes, at & ~3, s_telling[random.Next(s_telling.Length)]);
                break;
            case 4:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            case 5:
                bytes.RemoveRange(at & ~3, Math.Min(random.Next(1, 5) * 4, bytes.Count - (at & ~3)));
                break;
            case 6:
                byte[] other = seeds[random.Next(seeds.Length)];
                int from = random.Next(other.Length);
                bytes.InsertRange(at & ~3, other.AsSpan(from, random.Next(other.Length - from)).ToArray());
                break;
            default:
                bytes.InsertRange(at & ~3, bytes.GetRange(at & ~3, Math.Min(random.Next(1, 9) * 4, bytes.Count - (at & ~3))));
                break;
        }
    }

    // Else most would not get past the first look.
    private static void ClaimLength(List<byte> bytes)
    {
        if (bytes.Count >= 16)
        {
            Put(bytes, 0, (ushort)bytes.Count);
            Put(bytes, 2, (ushort)(bytes.Count >> 16));
        }
    }

    private static void Put(List<byte> bytes, int at, ushort value)
    {
        if (at + 1 < bytes.Count)
        {
            bytes[at] = (byte)value;
            bytes[at + 1] = (byte)(value >> 8);
        }
    }
}
