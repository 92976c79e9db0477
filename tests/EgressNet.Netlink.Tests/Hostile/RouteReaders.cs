using EgressNet.Netlink.Addresses;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Interop;
using EgressNet.Netlink.IPInterfaces;
using EgressNet.Netlink.Links;
using EgressNet.Netlink.Neighbors;
using EgressNet.Netlink.Routes;
using EgressNet.Netlink.Rules;
using EgressNet.Netlink.Sockets;
using EgressNet.Netlink.Tests.Fakes;
using EgressNet.Netlink.Tests.Wire;
using EgressNet.Netlink.Transport;
using EgressNet.Netlink.Wire;

namespace EgressNet.Netlink.Tests.Hostile;

/// <summary>The readers of the routing subsystem, and that of refusals.</summary>
internal static class RouteReaders
{
    public static byte[][] Routes { get; } =
    [
        Encoded.Datagram(RTM.RTM_NEWROUTE, Encoded.Route(new Route
        {
            Destination = InetPrefix.Parse("10.0.0.0/8"), Table = 300, Metrics = new RouteMetrics { [RouteMetric.Mtu] = 1400 },
            NextHops =
            [
                new NextHop { Gateway = InetAddress.Parse("fe80::1"), InterfaceIndex = 2 },
                new NextHop { InterfaceIndex = 3 },
            ],
        })),
        Encoded.Datagram(RTM.RTM_NEWROUTE, Encoded.Route(new Route
        {
            Destination = InetPrefix.Parse("::/0"), Gateway = InetAddress.Parse("fe80::1"), InterfaceIndex = 2,
            Source = InetPrefix.Parse("fd00::/8"), Preference = 1,
        })),
        Reply.Route(7, "192.0.2.0/24"),
    ];

    public static byte[][] Links { get; } =
    [
        Encoded.Datagram(RTM.RTM_NEWLINK, Encoded.Veth(new VethEnd { Name = "a", Mtu = 1500 }, new VethEnd { Name = "b" })),
        Reply.Message((ushort)RTM.RTM_NEWLINK, 7,
        [
            .. Reply.Bytes(new ifinfomsg { ifi_index = 2, ifi_type = 1 }), .. Reply.Text((int)IFLA.IFLA_IFNAME, "eth0"),
            .. Reply.Attribute((int)IFLA.IFLA_ADDRESS, [2, 0, 0, 0, 0, 1]), .. Reply.Attribute((int)IFLA.IFLA_LINK, 3),
            .. Reply.Attribute((int)IFLA.IFLA_PROP_LIST, Reply.Text((int)IFLA.IFLA_ALT_IFNAME, "a-long-name-of-the-link")),
            .. Reply.Text((int)IFLA.IFLA_IFALIAS, "alias"),
            .. Reply.Attribute((int)IFLA.IFLA_AF_SPEC,
            [
                .. Reply.Attribute((int)AddressFamily.IPv4, Reply.Attribute((int)IFLA_INET.IFLA_INET_CONF, new byte[132])),
                .. Reply.Attribute((int)AddressFamily.IPv6, Reply.Attribute((int)IFLA_INET6.IFLA_INET6_CONF, new byte[240])),
            ]),
        ]),
    ];

    public static byte[][] Addresses { get; } =
    [
        Encoded.Datagram(RTM.RTM_NEWADDR, Encoded.Address(new InterfaceAddress
        {
            Local = InetPrefix.Parse("10.0.0.1/24"), InterfaceIndex = 2, Label = "a:b", ValidSeconds = 60, PreferredSeconds = 30,
        })),
        Encoded.Datagram(RTM.RTM_NEWADDR, Encoded.Address(new InterfaceAddress
        {
            Local = InetPrefix.Parse("fd00::1/64"), InterfaceIndex = 2, Peer = InetAddress.Parse("fd00::2"),
        })),
    ];

    public static byte[][] Neighbors { get; } =
    [
        Encoded.Datagram(RTM.RTM_NEWNEIGH, Encoded.Neighbor(new Neighbor
        {
            Address = InetAddress.Parse("fd00::1"), InterfaceIndex = 2, State = NeighborState.Permanent,
            LinkLayerAddress = LinkLayerAddress.Parse("02:00:00:00:00:01"), Protocol = RouteProtocol.Bgp,
            Flags = NeighborFlags.Router | NeighborFlags.Managed,
        })),
    ];

    public static byte[][] Rules { get; } =
    [
        Encoded.Datagram(RTM.RTM_NEWRULE, Encoded.Rule(new RouteRule
        {
            Family = AddressFamily.IPv4, Priority = 10, Source = InetPrefix.Parse("10.0.0.0/8"), InputInterface = "eth0",
            Mark = 1, MarkMask = 255, UidRange = new RuleRange(0, 9), SourcePort = new RuleRange(1, 2), TunnelId = 7,
            SuppressPrefixLength = 0, Table = 300,
        })),
    ];

    public static byte[][] Sockets { get; } =
    [
        Reply.Message(
            (ushort)SOCK_DIAG.SOCK_DIAG_BY_FAMILY,
            7,
            Reply.Bytes(new inet_diag_msg { idiag_family = (byte)AddressFamily.IPv6, idiag_state = 10, idiag_inode = 5 })),
    ];

    public static byte[][] Refusals { get; } =
    [
        Reply.Message(
            (ushort)NLMSG.NLMSG_ERROR,
            7,
            [234, 255, 255, 255, .. new byte[16], .. Reply.Text(1, "text"), .. Reply.Attribute(2, 40)],
            NLM_F.NLM_F_ACK_TLVS | NLM_F.NLM_F_CAPPED),
        Reply.Message(
            (ushort)NLMSG.NLMSG_ERROR,
            7,
            [234, 255, 255, 255, 28, 0, 0, 0, .. new byte[24], .. Reply.Attribute(5, 9), .. Reply.Attribute(6, 28)],
            NLM_F.NLM_F_ACK_TLVS),
        Reply.Message((ushort)NLMSG.NLMSG_DONE, 7, [234, 255, 255, 255, .. Reply.Text(1, "text")], NLM_F.NLM_F_ACK_TLVS),
    ];

    public static IEnumerable<HostileReader> All { get; } =
    [
        new("routes and their next hops", Routes, bytes =>
        {
            foreach (NetlinkMessage message in new MessageReader(bytes))
            {
                if (RouteMessage.TryRead(in message, out Route route))
                {
                    _ = (route.ToString(), route.GetHashCode(), route.Unknown?.Count());
                }
            }
        }),
        new("addresses", Addresses, bytes =>
        {
            foreach (NetlinkMessage message in new MessageReader(bytes))
            {
                if (AddressMessage.TryRead(in message, out InterfaceAddress address))
                {
                    _ = (address.ToString(), address.Unknown?.Count());
                }
            }
        }),
        new("neighbors", Neighbors, bytes =>
        {
            foreach (NetlinkMessage message in new MessageReader(bytes))
            {
                if (NeighborMessage.TryRead(in message, out Neighbor neighbor))
                {
                    _ = (neighbor.ToString(), neighbor.Unknown?.Count());
                }
            }
        }),
        new("rules", Rules, bytes =>
        {
            foreach (NetlinkMessage message in new MessageReader(bytes))
            {
                if (RouteRuleReader.TryRead(in message, out RouteRule rule))
                {
                    _ = (rule.ToString(), rule.GetHashCode(), rule.Unknown?.Count());
                }
            }
        }),
        new("links", Links, bytes =>
        {
            foreach (NetlinkMessage message in new MessageReader(bytes))
            {
                Link link = LinkMessage.Read(in message);
                _ = (link.ToString(), link.Unknown?.Count(), string.Join(", ", IPInterfaceMessage.Read(link)));
            }
        }),
        new("sockets", Sockets, bytes =>
        {
            foreach (NetlinkMessage message in new MessageReader(bytes))
            {
                if (SocketMessage.TryRead(in message, SocketProtocol.Tcp, out SocketEntry socket))
                {
                    _ = socket.ToString();
                }
            }
        }),
        new("refusals", Refusals, bytes =>
        {
            foreach (NetlinkMessage message in new MessageReader(bytes))
            {
                _ = RefusedRequest.Read(in message, default, Routes[0])?.Message;
            }
        }),
        new("answers of the routing subsystem", [.. Routes, .. Links, .. Addresses, .. Neighbors, .. Rules, .. Sockets, .. Refusals], bytes =>
        {
            Answering.With(bytes, connection => connection.Links.List());
            Answering.With(bytes, connection => connection.Links.ListNames());
            Answering.With(bytes, connection => connection.Links.Get(1));
            Answering.With(bytes, connection => connection.Addresses.List());
            Answering.With(bytes, connection => connection.Neighbors.List());
            Answering.With(bytes, connection => connection.Neighbors.Find(InetAddress.Parse("10.0.0.1"), 1));
            Answering.With(bytes, connection => connection.RouteRules.List());
            Answering.With(bytes, connection => connection.Routes.List().Count());
            Answering.With(bytes, connection => connection.Routes.Lookup(InetAddress.Parse("10.0.0.1")));
            Answering.With(bytes, connection => connection.Links.Delete(1));
            Answering.With(bytes, connection => connection.IPInterfaces.List());
            Answering.With(bytes, connection =>
                connection.Sockets.List(new SocketFilter { Protocol = SocketProtocol.Udp }).Count());
            Answering.With(bytes, connection =>
            {
                using NetlinkBatch batch = connection.CreateRouteBatch((_, _) => { });
                batch.Write(new Route { Destination = InetPrefix.Parse("10.0.0.0/8") });
                batch.Write(new Route { Destination = InetPrefix.Parse("11.0.0.0/8") });
                batch.Complete();
            });
        }, Answering.MaxBytes),
    ];
}
