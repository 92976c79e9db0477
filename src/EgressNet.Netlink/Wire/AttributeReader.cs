using System.Runtime.InteropServices;
using EgressNet.Netlink.Interop;
using static EgressNet.Netlink.Wire.NetlinkAlignment;

namespace EgressNet.Netlink.Wire;

/// <summary>Walks a run of attributes.</summary>
internal ref struct AttributeReader(ReadOnlySpan<byte> attributes)
{
    private ReadOnlySpan<byte> _rest = attributes;

    public NetlinkAttribute Current { get; private set; }

    public readonly AttributeReader GetEnumerator() => this;

    public bool MoveNext()
    {
        // Fewer bytes than a header are padding that the sender counted in.
        if (_rest.Length < AttributeHeaderLength)
        {
            return false;
        }

        nlattr header = MemoryMarshal.Read<nlattr>(_rest);
        if (header.nla_len < AttributeHeaderLength || header.nla_len > _rest.Length)
        {
            throw new NetlinkFormatException(
                $"Attribute {header.nla_type & NetlinkConstants.NLA_TYPE_MASK} claims {header.nla_len} bytes " +
                $"where {_rest.Length} are left.");
        }

        Current = new NetlinkAttribute(header.nla_type, _rest[..header.nla_len]);
        _rest = _rest[Math.Min(Align(header.nla_len), _rest.Length)..];
        return true;
    }
}
