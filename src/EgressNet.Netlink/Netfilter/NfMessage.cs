using System.Buffers.Binary;
using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Wire;

namespace EgressNet.Netlink.Netfilter;

/// <summary>What all messages of nf_tables have in common.</summary>
internal static class NfMessage
{
    private static readonly ulong s_maxMilliseconds = (ulong)TimeSpan.MaxValue.TotalMilliseconds;

    public static void Header(ref NetlinkWriter writer, NfFamily family, ushort resource = 0)
    {
        nfgenmsg header = new()
        {
            nfgen_family = (byte)family,
            version = NfnetlinkConstants.NFNETLINK_V0,
            res_id = BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(resource) : resource,
        };
        writer.Header(in header);
    }

    public static NfFamily FamilyOf(in NetlinkMessage message) => (NfFamily)message.Header<nfgenmsg>().nfgen_family;

    public static void UserData<TType>(ref NetlinkWriter writer, TType type, NfUserData? data)
        where TType : unmanaged, Enum
    {
        if (data is { Bytes.IsEmpty: false })
        {
            writer.Attribute(type, data.Bytes);
        }
    }

    public static void Unknown(ref NetlinkWriter writer, RawAttributes? attributes) =>
        writer.Raw(attributes is null ? default : attributes.Bytes);

    public static void Time<TType>(ref NetlinkWriter writer, TType type, TimeSpan time)
        where TType : unmanaged, Enum =>
        writer.BigEndian(type, (ulong)Math.Max(0, time.Ticks / TimeSpan.TicksPerMillisecond));

    public static TimeSpan Time(NetlinkAttribute attribute) =>
        attribute.U64BigEndian is var milliseconds && milliseconds < s_maxMilliseconds
            ? TimeSpan.FromTicks((long)milliseconds * TimeSpan.TicksPerMillisecond)
            : TimeSpan.MaxValue;
}
