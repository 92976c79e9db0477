using System.Runtime.InteropServices;
using EgressNet.Netlink.Netfilter;

namespace EgressNet.Nat;

/// <summary>Evaluates iptables extensions, as iptables-nft stores them, for a packet.</summary>
internal static class ForwardExtension
{
    private const uint GroupFlagInvert = 2, GroupFlagSource = 1, GroupFlagDestination = 4;

    // struct xt_conntrack_mtinfo3: what is matched, what of it is inverted, the states, the status.
    private const int FlagsAt = 146, InvertAt = 148, StatesAt = 150, StatusAt = 152, ConntrackLength = 154;
    private const ushort State = 1, Status = 0x40, Direction = 0x1000;

    // struct xt_physdev_info: two names, each with a mask, what is inverted, what is matched.
    private const int PhysdevInvertAt = 64, PhysdevFlagsAt = 65;

    /// <summary>How far an extension matches a packet. One that is not modelled may match all or none.</summary>
    public static ForwardMatch MatchOf(NfExtension extension, ForwardPacket packet)
    {
        byte[] info = extension.Info.ToArray();
        return extension.Name switch
        {
            "comment" => ForwardMatch.All,
            "tcp" or "udp" or "udplite" or "sctp" or "dccp" or "icmp" or "icmp6" or "multiport" or "ah" or "esp"
                or "string" => ForwardMatch.Part,
            "devgroup" when info.Length >= 5 * sizeof(uint) =>
                OfGroups(MemoryMarshal.Cast<byte, uint>(info).ToArray(), packet),
            "conntrack" when info.Length >= ConntrackLength => OfConnection(info, packet),
            "state" when info.Length >= sizeof(uint) => OfState(BitConverter.ToUInt32(info), isInverted: false, packet),

            // What is routed from a container came by no port of a bridge.
            "physdev" when info.Length > PhysdevFlagsAt =>
                (info[PhysdevFlagsAt] & ~info[PhysdevInvertAt]) != 0 ? ForwardMatch.None : ForwardMatch.All,
            _ => ForwardMatch.Unknown,
        };
    }

    private static ForwardMatch OfConnection(byte[] info, ForwardPacket packet)
    {
        ushort flags = BitConverter.ToUInt16(info, FlagsAt), inverted = BitConverter.ToUInt16(info, InvertAt);
        ForwardMatch match = (flags & ~(State | Status | Direction)) == 0 ? ForwardMatch.All : ForwardMatch.Part;
        if ((flags & State) != 0)
        {
            match = Min(match, OfState(BitConverter.ToUInt16(info, StatesAt), (inverted & State) != 0, packet));
        }

        if ((flags & Direction) != 0)
        {
            match = Min(match, Holds(packet.IsToContainer == ((inverted & Direction) != 0)));
        }

        if ((flags & Status) != 0)
        {
            byte[] mask = BitConverter.GetBytes((uint)BitConverter.ToUInt16(info, StatusAt));
            match = Min(match, packet.Status.Masked(mask, new byte[mask.Length]).Value is { } known
                ? Holds(known.Any(each => each != 0) != ((inverted & Status) != 0))
                : ForwardMatch.Unknown);
        }

        return match;
    }

    private static ForwardMatch OfState(uint states, bool isInverted, ForwardPacket packet) =>
        packet.Load(NfConntrackKey.State).Value is { } state
            ? Holds((states & BitConverter.ToUInt32(state)) != 0 != isInverted)
            : ForwardMatch.Unknown;

    // struct xt_devgroup_info: flags, source group and mask, destination group and mask.
    private static ForwardMatch OfGroups(uint[] info, ForwardPacket packet)
    {
        bool isToContainer = packet.IsToContainer;
        uint flag = isToContainer ? GroupFlagDestination : GroupFlagSource;
        uint other = isToContainer ? GroupFlagSource : GroupFlagDestination;
        bool isSame = (packet.HostGroup & info[isToContainer ? 4 : 2]) == info[isToContainer ? 3 : 1];
        bool isMeant = (info[0] & flag) == 0 || isSame == ((info[0] & (flag * GroupFlagInvert)) == 0);
        return !isMeant ? ForwardMatch.None : (info[0] & other) != 0 ? ForwardMatch.Unknown : ForwardMatch.All;
    }

    private static ForwardMatch Holds(bool holds) => holds ? ForwardMatch.All : ForwardMatch.None;

    private static ForwardMatch Min(ForwardMatch one, ForwardMatch other) => one < other ? one : other;
}
