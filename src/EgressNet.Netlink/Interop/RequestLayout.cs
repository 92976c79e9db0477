using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace EgressNet.Netlink.Interop;

/// <summary>The offset of a request's attributes, and their C names.</summary>
internal readonly record struct RequestLayout(int HeaderLength, AttributeNames Names)
{
    public static RequestLayout Of(ReadOnlySpan<byte> request) =>
        (RTM)MemoryMarshal.Read<nlmsghdr>(request).nlmsg_type switch
        {
            RTM.RTM_NEWLINK or RTM.RTM_DELLINK or RTM.RTM_GETLINK or RTM.RTM_SETLINK
                or RTM.RTM_NEWLINKPROP =>
                new(Unsafe.SizeOf<ifinfomsg>(), AttributeNames.Link),
            RTM.RTM_NEWADDR or RTM.RTM_DELADDR or RTM.RTM_GETADDR =>
                new(Unsafe.SizeOf<ifaddrmsg>(), AttributeNames.Address),
            RTM.RTM_NEWROUTE or RTM.RTM_DELROUTE or RTM.RTM_GETROUTE =>
                new(Unsafe.SizeOf<rtmsg>(), AttributeNames.Route),
            RTM.RTM_NEWNEIGH or RTM.RTM_DELNEIGH or RTM.RTM_GETNEIGH =>
                new(Unsafe.SizeOf<ndmsg>(), AttributeNames.Neighbor),
            RTM.RTM_NEWRULE or RTM.RTM_DELRULE or RTM.RTM_GETRULE =>
                new(Unsafe.SizeOf<fib_rule_hdr>(), AttributeNames.Rule),
            _ => AttributeNames.OfNetfilter(MemoryMarshal.Read<nlmsghdr>(request).nlmsg_type) is { } names
                ? new(Unsafe.SizeOf<nfgenmsg>(), names)
                : new(0, AttributeNames.None),
        };
}
