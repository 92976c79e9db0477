using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using EgressNet.Netlink.Interop;
using static EgressNet.Netlink.Wire.NetlinkAlignment;

namespace EgressNet.Netlink.Wire;

/// <summary>One message of a datagram, valid while the receive buffer is.</summary>
internal readonly ref struct NetlinkMessage(nlmsghdr header, ReadOnlySpan<byte> payload)
{
    public ReadOnlySpan<byte> Payload { get; } = payload;

    public ushort Type => header.nlmsg_type;

    public NLM_F Flags => (NLM_F)header.nlmsg_flags;

    public uint Sequence => header.nlmsg_seq;

    /// <summary>The family header; a shorter one than ours reads as if padded with zeros.</summary>
    public T Header<T>() where T : unmanaged => ReadPadded<T>(Payload);

    public AttributeReader Attributes<T>() where T : unmanaged
    {
        int start = Align(Unsafe.SizeOf<T>());
        return new AttributeReader(start <= Payload.Length ? Payload[start..] : default);
    }

    internal static T ReadPadded<T>(ReadOnlySpan<byte> bytes) where T : unmanaged
    {
        if (bytes.Length >= Unsafe.SizeOf<T>())
        {
            return MemoryMarshal.Read<T>(bytes);
        }

        T value = default;
        bytes.CopyTo(MemoryMarshal.AsBytes(new Span<T>(ref value)));
        return value;
    }
}
