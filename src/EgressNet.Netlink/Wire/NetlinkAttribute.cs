using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using EgressNet.Netlink.Interop;

namespace EgressNet.Netlink.Wire;

/// <summary>One attribute, valid while the receive buffer is.</summary>
internal readonly ref struct NetlinkAttribute(ushort type, ReadOnlySpan<byte> whole)
{
    /// <summary>The attribute with its header, without padding.</summary>
    public ReadOnlySpan<byte> Whole { get; } = whole;

    public ReadOnlySpan<byte> Payload => Whole[NetlinkAlignment.AttributeHeaderLength..];

    public ushort Type => (ushort)(type & NetlinkConstants.NLA_TYPE_MASK);

    public byte U8 => Exact<byte>();

    public ushort U16 => Exact<ushort>();

    public uint U32 => Exact<uint>();

    public int S32 => Exact<int>();

    public ulong U64 => Exact<ulong>();

    /// <summary>A number in network order, as all of netfilter's are.</summary>
    public uint U32BigEndian => BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(U32) : U32;

    public ushort U16BigEndian => BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(U16) : U16;

    public ulong U64BigEndian => BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(U64) : U64;

    public AttributeReader Attributes => new(Payload);

    /// <summary>Text without its NUL, whether the sender wrote one or not.</summary>
    public ReadOnlySpan<byte> TextBytes
    {
        get
        {
            ReadOnlySpan<byte> payload = Payload;
            int end = payload.IndexOf((byte)0);
            return end < 0 ? payload : payload[..end];
        }
    }

    /// <summary>Kernel text is bytes; what is not UTF-8 becomes U+FFFD, for display only.</summary>
    public string Text => Encoding.UTF8.GetString(TextBytes);

    /// <summary>A struct that may have grown or shrunk since it was written down here.</summary>
    public T Struct<T>() where T : unmanaged => NetlinkMessage.ReadPadded<T>(Payload);

    private T Exact<T>() where T : unmanaged
    {
        if (Payload.Length < Unsafe.SizeOf<T>())
        {
            NetlinkFormatException.ThrowShort($"Attribute {Type}", Unsafe.SizeOf<T>(), Payload.Length);
        }

        return MemoryMarshal.Read<T>(Payload);
    }
}
