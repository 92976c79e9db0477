using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static EgressNet.Netlink.Wire.NetlinkAlignment;

namespace EgressNet.Netlink.Wire;

/// <summary>Walks records that each lead with a 16-bit length, as rtnexthop does.</summary>
internal ref struct PackedRecordReader(ReadOnlySpan<byte> records)
{
    private ReadOnlySpan<byte> _rest = records;

    public PackedRecord Current { get; private set; }

    public readonly PackedRecordReader GetEnumerator() => this;

    public bool MoveNext()
    {
        if (_rest.Length < sizeof(ushort))
        {
            return false;
        }

        int length = MemoryMarshal.Read<ushort>(_rest);
        if (length < sizeof(ushort) || length > _rest.Length)
        {
            throw new NetlinkFormatException($"A record claims {length} bytes where {_rest.Length} are left.");
        }

        Current = new PackedRecord(_rest[..length]);
        _rest = _rest[Math.Min(Align(length), _rest.Length)..];
        return true;
    }
}

/// <summary>A struct that leads with its record's length, and the attributes behind it.</summary>
internal readonly ref struct PackedRecord(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    public T Header<T>() where T : unmanaged => NetlinkMessage.ReadPadded<T>(_bytes);

    public AttributeReader Attributes<T>() where T : unmanaged
    {
        int start = Align(Unsafe.SizeOf<T>());
        return new AttributeReader(start <= _bytes.Length ? _bytes[start..] : default);
    }
}
