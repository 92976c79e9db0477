using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Routes;
using EgressNet.Netlink.Wire;
using static EgressNet.Netlink.Interop.IFA;

namespace EgressNet.Netlink.Addresses;

/// <summary>An address as RTM_NEWADDR and RTM_DELADDR carry it: where the kernel's words and ours meet.</summary>
internal static class AddressMessage
{
    public static void Write(ref NetlinkWriter writer, InterfaceAddress address)
    {
        ifaddrmsg header = new()
        {
            ifa_family = (byte)address.Family,
            ifa_prefixlen = address.Local.Length,
            ifa_flags = (byte)address.Flags,
            ifa_scope = (byte)address.Scope,
            ifa_index = (uint)address.InterfaceIndex,
        };
        writer.Header(in header);
        InetAddress local = address.Local.Address;
        if (address.Family == AddressFamily.IPv4 || !address.Peer.IsNone)
        {
            writer.Attribute(IFA_LOCAL, local);
        }

        writer.Attribute(IFA_ADDRESS, address.Peer.IsNone ? local : address.Peer);
        if (!address.Broadcast.IsNone)
        {
            writer.Attribute(IFA_BROADCAST, address.Broadcast);
        }

        if (address.Label is { } label)
        {
            writer.Text(IFA_LABEL, label);
        }

        writer.Attribute(IFA_FLAGS, (uint)address.Flags);
        if (address.ValidSeconds != InterfaceAddress.Forever || address.PreferredSeconds != InterfaceAddress.Forever)
        {
            ifa_cacheinfo lifetimes = new()
            {
                ifa_valid = address.ValidSeconds,
                ifa_prefered = address.PreferredSeconds,
            };
            writer.Attribute(IFA_CACHEINFO, in lifetimes);
        }

        if (address.RouteMetric != 0)
        {
            writer.Attribute(IFA_RT_PRIORITY, address.RouteMetric);
        }

        if (address.Protocol != 0)
        {
            writer.Attribute(IFA_PROTO, address.Protocol);
        }

        writer.Raw(address.Unknown is null ? default : address.Unknown.Bytes);
    }

    public static bool TryRead(in NetlinkMessage message, out InterfaceAddress address)
    {
        ifaddrmsg header = message.Header<ifaddrmsg>();
        InetAddress endpoint = default;
        InetAddress local = default;
        InetAddress broadcast = default;
        AddressFlags flags = (AddressFlags)header.ifa_flags;
        ifa_cacheinfo lifetimes = new() { ifa_valid = uint.MaxValue, ifa_prefered = uint.MaxValue };
        string? label = null;
        uint routeMetric = 0;
        byte protocol = 0;
        RawAttributesBuilder unknown = default;
        foreach (NetlinkAttribute attribute in message.Attributes<ifaddrmsg>())
        {
            switch ((IFA)attribute.Type)
            {
                case IFA_ADDRESS:
                    endpoint = InetAddress.FromBytes(attribute.Payload);
                    break;
                case IFA_LOCAL:
                    local = InetAddress.FromBytes(attribute.Payload);
                    break;
                case IFA_BROADCAST:
                    broadcast = InetAddress.FromBytes(attribute.Payload);
                    break;
                case IFA_LABEL:
                    label = attribute.Text;
                    break;
                case IFA_FLAGS:
                    flags = (AddressFlags)attribute.U32;
                    break;
                case IFA_CACHEINFO:
                    lifetimes = attribute.Struct<ifa_cacheinfo>();
                    break;
                case IFA_RT_PRIORITY:
                    routeMetric = attribute.U32;
                    break;
                case IFA_PROTO:
                    protocol = attribute.U8;
                    break;
                default:
                    unknown.Add(attribute);
                    break;
            }
        }

        // Of a deprecated IPv4 address that never expires the kernel says that it is preferred for ever (inet_fill_ifaddr).
        InetAddress own = local.IsNone ? endpoint : local;
        address = new InterfaceAddress
        {
            Local = new InetPrefix(own, header.ifa_prefixlen),
            InterfaceIndex = (int)header.ifa_index,
            Peer = endpoint == own ? default : endpoint,
            Broadcast = broadcast,
            Scope = (RouteScope)header.ifa_scope,
            Flags = flags,
            Label = label,
            ValidSeconds = lifetimes.ifa_valid,
            PreferredSeconds = flags.HasFlag(AddressFlags.Deprecated) ? 0 : lifetimes.ifa_prefered,
            RouteMetric = routeMetric,
            Protocol = protocol,
            Unknown = unknown.Build(),
        };
        return own.Family == (AddressFamily)header.ifa_family && !own.IsNone && header.ifa_prefixlen <= own.BitLength;
    }
}
