using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using EgressNet.Netlink.Interop;
using static EgressNet.Netlink.Wire.NetlinkAlignment;

namespace EgressNet.Netlink.Wire;

/// <summary>Encodes one message into a caller's buffer: header, family header, attributes, nests.</summary>
internal ref partial struct NetlinkWriter
{
    private readonly Span<byte> _buffer;
    private int _position;

    public NetlinkWriter(Span<byte> buffer, ushort type, NLM_F flags, uint sequence)
    {
        _buffer = buffer;
        _position = 0;
        nlmsghdr header = default;
        header.nlmsg_type = type;
        header.nlmsg_flags = (ushort)flags;
        header.nlmsg_seq = sequence;
        Header(in header);
    }

    /// <summary>The message so far, its length patched in.</summary>
    public readonly ReadOnlySpan<byte> Written
    {
        get
        {
            MemoryMarshal.Write(_buffer, (uint)_position);
            return _buffer[.._position];
        }
    }

    public readonly void AddFlags(NLM_F flags)
    {
        ref nlmsghdr header = ref MemoryMarshal.AsRef<nlmsghdr>(_buffer);
        header.nlmsg_flags |= (ushort)flags;
    }

    public void Header<T>(in T value) where T : unmanaged => MemoryMarshal.Write(Reserve(Unsafe.SizeOf<T>()), in value);

    /// <summary>Bytes copied as they are: attributes kept raw from an earlier read.</summary>
    public void Raw(scoped ReadOnlySpan<byte> bytes) => bytes.CopyTo(Reserve(bytes.Length));

    public void Attribute<TType>(TType type, scoped ReadOnlySpan<byte> payload) where TType : unmanaged, Enum =>
        payload.CopyTo(ReserveAttribute(Number(type), payload.Length));

    public void Attribute<TType, T>(TType type, in T value) where TType : unmanaged, Enum where T : unmanaged =>
        MemoryMarshal.Write(ReserveAttribute(Number(type), Unsafe.SizeOf<T>()), in value);

    /// <exception cref="ArgumentException">The text is empty or has a NUL inside: the kernel would take it as none or cut it
    /// there, and say nothing.</exception>
    public void Text<TType>(TType type, string value) where TType : unmanaged, Enum
    {
        if (value.Length == 0 || value.Contains('\0'))
        {
            throw new ArgumentException($"{type} can neither be empty nor hold a NUL.", nameof(value));
        }

        int length = Encoding.UTF8.GetByteCount(value);
        Encoding.UTF8.GetBytes(value, ReserveAttribute(Number(type), length + 1));
    }

    public void UnterminatedText<TType>(TType type, string value) where TType : unmanaged, Enum =>
        Encoding.UTF8.GetBytes(value, ReserveAttribute(Number(type), Encoding.UTF8.GetByteCount(value)));

    public int BeginNest<TType>(TType type) where TType : unmanaged, Enum
    {
        int start = _position;
        ReserveAttribute((ushort)(Number(type) | NetlinkConstants.NLA_F_NESTED), 0);
        return start;
    }

    public readonly void EndNest(int start)
    {
        int length = _position - start;
        if (length > ushort.MaxValue)
        {
            throw new NetlinkFormatException($"A nest of {length} bytes exceeds the 65535 that an attribute can hold.");
        }

        MemoryMarshal.Write(_buffer[start..], (ushort)length);
    }

    /// <summary>Starts a record that leads with its own 16-bit length, as rtnexthop does.</summary>
    public int BeginRecord<T>(in T value) where T : unmanaged
    {
        int start = _position;
        Header(in value);
        return start;
    }

    public readonly void EndRecord(int start) => EndNest(start);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ushort Number<TType>(TType type) where TType : unmanaged, Enum =>
        Unsafe.BitCast<TType, ushort>(type);

    private Span<byte> ReserveAttribute(ushort type, int length)
    {
        int total = AttributeHeaderLength + length;
        if (total > ushort.MaxValue)
        {
            throw new NetlinkFormatException($"An attribute of {total} bytes exceeds the 65535 that it can hold.");
        }

        nlattr header = new() { nla_len = (ushort)total, nla_type = type };
        Span<byte> space = Reserve(total);
        MemoryMarshal.Write(space, in header);
        return space[AttributeHeaderLength..];
    }

    private Span<byte> Reserve(int length)
    {
        int aligned = Align(length);
        if (aligned > _buffer.Length - _position)
        {
            throw new NetlinkFormatException($"The message does not fit in {_buffer.Length} bytes.");
        }

        Span<byte> space = _buffer.Slice(_position, length);
        _buffer.Slice(_position, aligned).Clear();
        _position += aligned;
        return space;
    }
}
