using System.Runtime.InteropServices;
using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Wire;
using static EgressNet.Netlink.Wire.NetlinkAlignment;

namespace EgressNet.Netlink.Transport;

/// <summary>Turns NLMSG_ERROR and a failing NLMSG_DONE into an exception, with the request at hand to name the
/// attribute that the kernel's offset points at.</summary>
internal static class RefusedRequest
{
    /// <returns>The refusal, or null for an acknowledgement.</returns>
    public static NetlinkException? Read(in NetlinkMessage reply, NetlinkOperation operation, ReadOnlySpan<byte> request)
    {
        Errno errno = ErrorOf(in reply);
        if (errno == Errno.None)
        {
            return null;
        }

        string? text = null;
        string? attribute = null;
        ushort? missing = null;
        uint missingIn = 0;
        foreach (NetlinkAttribute detail in Details(in reply))
        {
            switch ((NLMSGERR_ATTR)detail.Type)
            {
                case NLMSGERR_ATTR.NLMSGERR_ATTR_MSG:
                    text = detail.Text;
                    break;
                case NLMSGERR_ATTR.NLMSGERR_ATTR_OFFS:
                    attribute = AttributePath.At(request, detail.U32);
                    break;
                case NLMSGERR_ATTR.NLMSGERR_ATTR_MISS_TYPE:
                    missing = (ushort)detail.U32;
                    break;
                case NLMSGERR_ATTR.NLMSGERR_ATTR_MISS_NEST:
                    missingIn = detail.U32;
                    break;
            }
        }

        attribute = missing is { } type ? $"missing {AttributePath.Of(request, missingIn, type)}" : attribute;
        return new NetlinkException(operation, IsAbsentRoute(errno, request) ? Errno.ESRCH : errno, text, attribute);
    }

    // Of an absent default route IPv6 says ENOENT where it says ESRCH of any other.
    private static bool IsAbsentRoute(Errno errno, ReadOnlySpan<byte> request) =>
        errno == Errno.ENOENT
        && request.Length >= MessageHeaderLength
        && MemoryMarshal.Read<nlmsghdr>(request).nlmsg_type == (ushort)RTM.RTM_DELROUTE;

    private static Errno ErrorOf(in NetlinkMessage reply)
    {
        if (reply.Payload.Length < sizeof(int))
        {
            return reply.Type == (ushort)NLMSG.NLMSG_DONE
                ? Errno.None
                : throw new NetlinkFormatException("An error message without an errno.");
        }

        int error = MemoryMarshal.Read<int>(reply.Payload);
        return error is > 0 or int.MinValue
            ? throw new NetlinkFormatException($"An error message with errno {error}.")
            : (Errno)(-error);
    }

    private static AttributeReader Details(in NetlinkMessage reply)
    {
        if (!reply.Flags.HasFlag(NLM_F.NLM_F_ACK_TLVS))
        {
            return default;
        }

        int start = sizeof(int);
        if (reply.Type == (ushort)NLMSG.NLMSG_ERROR)
        {
            if (reply.Payload.Length < start + MessageHeaderLength)
            {
                NetlinkFormatException.ThrowShort("An error", start + MessageHeaderLength, reply.Payload.Length);
            }

            uint echoed = MemoryMarshal.Read<uint>(reply.Payload[start..]);
            bool capped = reply.Flags.HasFlag(NLM_F.NLM_F_CAPPED);
            start += capped ? MessageHeaderLength : Align((int)Math.Min(echoed, (uint)reply.Payload.Length));
        }

        return new AttributeReader(start <= reply.Payload.Length ? reply.Payload[start..] : default);
    }
}
