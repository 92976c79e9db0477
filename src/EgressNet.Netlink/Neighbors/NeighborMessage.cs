using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Routes;
using EgressNet.Netlink.Wire;
using static EgressNet.Netlink.Interop.NDA;

namespace EgressNet.Netlink.Neighbors;

/// <summary>A neighbor as RTM_NEWNEIGH and RTM_DELNEIGH carry it: where the kernel's words and ours meet.</summary>
internal static class NeighborMessage
{
    private const NeighborFlags Written =
        NeighborFlags.Proxy | NeighborFlags.ExternallyLearned | NeighborFlags.Router | NeighborFlags.Managed;

    private const int ExtendedShift = 8;

    public static void Write(ref NetlinkWriter writer, Neighbor neighbor)
    {
        NeighborFlags flags = neighbor.Flags & Written;
        ndmsg header = new()
        {
            ndm_family = (byte)neighbor.Family,
            ndm_ifindex = neighbor.InterfaceIndex,
            ndm_state = (ushort)neighbor.State,
            ndm_flags = (byte)flags,
        };
        writer.Header(in header);
        writer.Attribute(NDA_DST, neighbor.Address);
        if (!neighbor.LinkLayerAddress.IsNone)
        {
            writer.Attribute(NDA_LLADDR, neighbor.LinkLayerAddress.Bytes);
        }

        if (neighbor.Protocol != RouteProtocol.Unspecified)
        {
            writer.Attribute(NDA_PROTOCOL, (byte)neighbor.Protocol);
        }

        if ((uint)flags >> ExtendedShift is > 0 and uint extended)
        {
            writer.Attribute(NDA_FLAGS_EXT, extended);
        }

        writer.Raw(neighbor.Unknown is null ? default : neighbor.Unknown.Bytes);
    }

    /// <summary>What tells one entry from another, for a question or a deletion.</summary>
    public static void WriteKey(ref NetlinkWriter writer, Neighbor neighbor)
    {
        ndmsg header = new()
        {
            ndm_family = (byte)neighbor.Family,
            ndm_ifindex = neighbor.InterfaceIndex,
            ndm_flags = (byte)(neighbor.Flags & NeighborFlags.Proxy),
        };
        writer.Header(in header);
        writer.Attribute(NDA_DST, neighbor.Address);
    }

    public static bool TryRead(in NetlinkMessage message, out Neighbor neighbor)
    {
        ndmsg header = message.Header<ndmsg>();
        AddressFamily family = (AddressFamily)header.ndm_family;
        InetAddress address = default;
        LinkLayerAddress linkLayerAddress = default;
        uint flags = header.ndm_flags;
        byte protocol = 0;
        RawAttributesBuilder unknown = default;
        foreach (NetlinkAttribute attribute in message.Attributes<ndmsg>())
        {
            switch ((NDA)attribute.Type)
            {
                case NDA_DST:
                    address = InetAddress.FromBytes(attribute.Payload);
                    break;
                case NDA_LLADDR:
                    linkLayerAddress = LinkLayerAddress.FromBytes(attribute.Payload);
                    break;
                case NDA_PROTOCOL:
                    protocol = attribute.U8;
                    break;
                case NDA_FLAGS_EXT:
                    flags |= attribute.U32 << ExtendedShift;
                    break;
                case NDA_CACHEINFO or NDA_PROBES:
                    break;
                default:
                    unknown.Add(attribute);
                    break;
            }
        }

        neighbor = new Neighbor
        {
            Address = address,
            InterfaceIndex = header.ndm_ifindex,
            LinkLayerAddress = linkLayerAddress,
            State = (NeighborState)header.ndm_state,
            Flags = (NeighborFlags)flags,
            Protocol = (RouteProtocol)protocol,
            Unknown = unknown.Build(),
        };
        return family is AddressFamily.IPv4 or AddressFamily.IPv6 && address.Family == family;
    }
}
