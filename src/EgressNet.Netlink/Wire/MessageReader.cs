using System.Runtime.InteropServices;
using EgressNet.Netlink.Interop;
using static EgressNet.Netlink.Wire.NetlinkAlignment;

namespace EgressNet.Netlink.Wire;

/// <summary>Walks the messages of one datagram.</summary>
internal ref struct MessageReader(ReadOnlySpan<byte> datagram)
{
    private ReadOnlySpan<byte> _rest = datagram;

    public NetlinkMessage Current { get; private set; }

    public readonly MessageReader GetEnumerator() => this;

    public bool MoveNext()
    {
        if (_rest.IsEmpty)
        {
            return false;
        }

        if (_rest.Length < MessageHeaderLength)
        {
            NetlinkFormatException.ThrowShort("A message header", MessageHeaderLength, _rest.Length);
        }

        nlmsghdr header = MemoryMarshal.Read<nlmsghdr>(_rest);
        if (header.nlmsg_len < MessageHeaderLength || header.nlmsg_len > (uint)_rest.Length)
        {
            throw new NetlinkFormatException(
                $"A message claims {header.nlmsg_len} bytes where {_rest.Length} are left.");
        }

        int length = (int)header.nlmsg_len;
        Current = new NetlinkMessage(header, _rest[MessageHeaderLength..length]);
        _rest = _rest[Math.Min(Align(length), _rest.Length)..];
        return true;
    }
}
