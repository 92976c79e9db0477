using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace EgressNet.Netlink.Interop;

/// <summary>Where a request's attributes start and what the C headers call them.</summary>
internal readonly record struct RequestLayout(int HeaderLength, Func<ushort, string?> Name)
{
    private static readonly RequestLayout s_link = new(Unsafe.SizeOf<ifinfomsg>(), n => Enum.GetName((IFLA)n));
    private static readonly RequestLayout s_address = new(Unsafe.SizeOf<ifaddrmsg>(), n => Enum.GetName((IFA)n));
    private static readonly RequestLayout s_route = new(Unsafe.SizeOf<rtmsg>(), n => Enum.GetName((RTA)n));
    private static readonly RequestLayout s_other = new(0, _ => null);

    public static RequestLayout Of(ReadOnlySpan<byte> request) =>
        (RTM)MemoryMarshal.Read<nlmsghdr>(request).nlmsg_type switch
        {
            RTM.RTM_NEWLINK or RTM.RTM_DELLINK or RTM.RTM_GETLINK or RTM.RTM_SETLINK => s_link,
            RTM.RTM_NEWADDR or RTM.RTM_DELADDR or RTM.RTM_GETADDR => s_address,
            RTM.RTM_NEWROUTE or RTM.RTM_DELROUTE or RTM.RTM_GETROUTE => s_route,
            _ => s_other,
        };

    public string NameOf(ushort attribute) => Name(attribute) ?? $"attribute {attribute}";
}
