using EgressNet.Netlink.Conntrack;
using EgressNet.Netlink.Inet;
using static EgressNet.Netlink.Tests.Wire.Encoded;

namespace EgressNet.Netlink.Tests.Conntrack;

/// <summary>Entries as a kernel 6.18 sends them, behind the netlink header, each in front of what nobody models.</summary>
internal static class ConntrackCaptured
{
    private const string Rest = "08000b0000000001080007000000012b1c001880080001000000000008000200000000000800030000000000";

    // conntrack -I -s 10.0.0.2 -d 192.0.2.1 -p udp --sport 1000 --dport 80 -t 300 -g 10.9.9.9 -w 7
    public static (string Hex, string Key, ConntrackEntry Entry) InZone { get; } = (
        Hex(
            "02000000", "34000180 14000180 080001000a000002 08000200c0000201",
            "1c000280 0500010011000000 0600020003e80000 0600030000500000",
            "34000280 14000180 080001000a090909 080002000a000002",
            "1c000280 0500010011000000 0600020000500000 0600030003e80000",
            "0600120000070000 08000300000001a8 0800080000000000 08000c00b339538f", Rest),
        Hex(
            "02000000", "34000180 14000180 080001000a000002 08000200c0000201",
            "1c000280 0500010011000000 0600020003e80000 0600030000500000", "0600120000070000 08000c00b339538f"),
        new ConntrackEntry
        {
            Original = Udp("10.0.0.2", "192.0.2.1", 1000, 80),
            Reply = Udp("10.9.9.9", "10.0.0.2", 80, 1000),
            Zone = 7,
            Id = 0xb339538f,
        });

    // conntrack -I -s 10.0.0.3 -d 192.0.2.1 -p udp --sport 1000 --dport 80 -t 300 --orig-zone 8
    public static (string Hex, string Key, ConntrackEntry Entry) InZoneOneWay { get; } = (
        Hex(
            "02000000", "3c000180 14000180 080001000a000003 08000200c0000201",
            "1c000280 0500010011000000 0600020003e80000 0600030000500000 0600030000080000",
            "34000280 14000180 08000100c0000201 080002000a000003",
            "1c000280 0500010011000000 0600020000500000 0600030003e80000",
            "0800030000000008 0800080000000000 08000c00ad8f6604", Rest),
        Hex(
            "02000000", "3c000180 14000180 080001000a000003 08000200c0000201",
            "1c000280 0500010011000000 0600020003e80000 0600030000500000 0600030000080000", "08000c00ad8f6604"),
        new ConntrackEntry
        {
            Original = Udp("10.0.0.3", "192.0.2.1", 1000, 80) with { Zone = 8 },
            Reply = Udp("192.0.2.1", "10.0.0.3", 80, 1000),
            Id = 0xad8f6604,
        });

    // conntrack -I -s fd00::6 -d fd01::1 -p icmpv6 --icmpv6-type 128 --icmpv6-code 0 --icmpv6-id 77 -t 300
    public static (string Hex, string Key, ConntrackEntry Entry) Icmp6 { get; } = (
        Hex(
            "0a000000", "54000180 2c000180 14000300fd000000000000000000000000000006 14000400fd010000000000000000000000000001",
            "24000280 050001003a000000 06000700004d0000 0500080080000000 0500090000000000",
            "54000280 2c000180 14000300fd010000000000000000000000000001 14000400fd000000000000000000000000000006",
            "24000280 050001003a000000 06000700004d0000 0500080081000000 0500090000000000",
            "0800030000000008 0800080000000000 08000c00b975c3ce", Rest),
        Hex(
            "0a000000", "54000180 2c000180 14000300fd000000000000000000000000000006 14000400fd010000000000000000000000000001",
            "24000280 050001003a000000 06000700004d0000 0500080080000000 0500090000000000", "08000c00b975c3ce"),
        new ConntrackEntry
        {
            Original = Ping("fd00::6", "fd01::1", 128),
            Reply = Ping("fd01::1", "fd00::6", 129),
            Id = 0xb975c3ce,
        });

    public static IReadOnlyList<(string Hex, string Key, ConntrackEntry Entry)> All { get; } = [InZone, InZoneOneWay, Icmp6];

    public static ConntrackTuple Udp(string source, string destination, ushort from, ushort to) => new()
    {
        Source = InetAddress.Parse(source),
        Destination = InetAddress.Parse(destination),
        Protocol = 17,
        SourcePort = from,
        DestinationPort = to,
    };

    private static ConntrackTuple Ping(string source, string destination, byte type) => new()
    {
        Source = InetAddress.Parse(source),
        Destination = InetAddress.Parse(destination),
        Protocol = 58,
        IcmpType = type,
        IcmpCode = 0,
        IcmpId = 77,
    };
}
