using System.Runtime.InteropServices;
using EgressNet.Netlink.Netfilter;
using EgressNet.Netlink.Wire;

namespace EgressNet.Nat;

/// <summary>How far a rule is about packets of a kind.</summary>
internal enum ForwardMatch
{
    /// <summary>About none.</summary>
    None,

    /// <summary>About some of them alone: a protocol, a port, a destination.</summary>
    Part,

    /// <summary>About none or all; which, depends on what is not looked at.</summary>
    Unknown,

    /// <summary>About all.</summary>
    All,
}

/// <summary>Compares a rule's demands with a packet.</summary>
internal static class ForwardRule
{
    private const int InterfaceNameLength = 16;

    // NFTA_RANGE_OP, whose 0 is equality, NFTA_RANGE_FROM_DATA and NFTA_RANGE_TO_DATA, each of these with a nested value.
    private const int RangeOperation = 2, RangeFrom = 3, RangeTo = 4, AttributeHeader = 4;

    private const uint GroupFlagInvert = 2, GroupFlagSource = 1, GroupFlagDestination = 4;

    // struct xt_conntrack_mtinfo3: what is matched, what of it is inverted, the states.
    private const int FlagsAt = 146, InvertAt = 148, StatesAt = 150;
    private const ushort MatchState = 1;

    /// <summary>What the rule does with the packet, and how far it is about it.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="packet">The packet.</param>
    /// <param name="sets">Finds a set or a map of the rule's table; null for one that is not there.</param>
    public static IEnumerable<(ForwardMatch Match, NfVerdict Verdict)> Apply(
        NfRule rule, ForwardPacket packet, Func<string, ForwardSet?> sets)
    {
        ForwardMatch match = ForwardMatch.All;
        List<ForwardField> loaded = [];
        bool isUsed = true;
        foreach (NfExpression expression in rule.Expressions)
        {
            if (match == ForwardMatch.None)
            {
                return [];
            }

            switch (expression)
            {
                case NfMeta or NfConntrack or NfPayload or NfFib:
                    if (isUsed)
                    {
                        loaded = [];
                    }

                    loaded.Add(Load(expression, packet));
                    isUsed = false;
                    break;
                case NfBitwise bitwise when loaded is [.., ForwardField last]:
                    loaded[^1] = last with { Load = Masked(last.Load, bitwise) };
                    break;
                case NfOtherExpression { Name: "byteorder" } when loaded is [.., ForwardField last]:
                    loaded[^1] = last with { Load = Turned(last.Load) };
                    break;
                case NfCompare compare:
                    (match, isUsed) = (Min(match, Compare(compare, loaded, packet)), true);
                    break;
                case NfOtherExpression { Name: "range", Data: { } range }:
                    (match, isUsed) = (Min(match, Within(range, loaded)), true);
                    break;
                case NfLookup { To: NfRegister.Verdict } map:
                    return sets(map.Set) is not { } verdicts ? [] :
                    [
                        .. from found in verdicts.Find(loaded, packet)
                           where found.Element.Verdict is not null
                           select (Min(match, found.Match), found.Element.Verdict),
                    ];
                case NfLookup lookup:
                    ForwardMatch isIn = sets(lookup.Set)?.Has(loaded, packet) ?? ForwardMatch.Unknown;
                    match = Min(match, lookup.IsInverted ? Opposite(isIn) : isIn);
                    (loaded, isUsed) = (lookup.To is null ? loaded : [new ForwardField(ForwardLoad.Unknown, null)], true);
                    break;
                case NfExtension extension:
                    match = Min(match, Extended(extension, packet));
                    break;
                case NfDecide decide:
                    return [(match, decide.Verdict)];
                case NfOtherExpression { Name: "reject" }:
                    return [(match, NfVerdict.Drop)];
                case NfCounter or NfOtherExpression { Name: "log" }:
                    break;
                default:
                    match = Min(match, ForwardMatch.Part);
                    break;
            }
        }

        return [];
    }

    private static ForwardField Load(NfExpression expression, ForwardPacket packet) => expression switch
    {
        NfMeta meta => new ForwardField(packet.Load(meta.Key), LengthOf(meta.Key)),
        NfConntrack conntrack => new ForwardField(
            packet.Load(conntrack.Key), conntrack.Key is NfConntrackKey.State or NfConntrackKey.Status ? sizeof(uint) : null),
        NfPayload payload => new ForwardField(packet.Load(payload), (int)payload.Length),
        _ => new ForwardField(ForwardLoad.Part, null),
    };

    private static int? LengthOf(NfMetaKey key) => key switch
    {
        NfMetaKey.InputInterfaceName or NfMetaKey.OutputInterfaceName => InterfaceNameLength,
        NfMetaKey.Family or NfMetaKey.TransportProtocol => 1,
        NfMetaKey.InputInterface or NfMetaKey.OutputInterface or NfMetaKey.InputInterfaceGroup
            or NfMetaKey.OutputInterfaceGroup or NfMetaKey.Mark => sizeof(uint),
        _ => null,
    };

    private static ForwardLoad Masked(ForwardLoad load, NfBitwise bitwise)
    {
        byte[] mask = bitwise.Mask.ToArray(), flip = bitwise.Flip.ToArray();
        return load.Value is { } value && value.Length == mask.Length && value.Length == flip.Length
            ? load with { Value = [.. value.Select((each, at) => (byte)(each & mask[at] ^ flip[at]))] }
            : load with { Value = null };
    }

    private static ForwardLoad Turned(ForwardLoad load) =>
        load with { Value = load.Value is { Length: sizeof(uint) } value ? [.. value.Reverse()] : null };

    // A wildcard is compared with as many bytes as it has.
    private static ForwardMatch Compare(NfCompare compare, List<ForwardField> loaded, ForwardPacket packet)
    {
        if (loaded is not [ForwardField { Load: { } load }])
        {
            return loaded.Select(field => field.Load.Otherwise).Append(ForwardMatch.Unknown).Min();
        }

        byte[] wanted = compare.With.ToArray();
        if (load.IsName && compare.Comparison == NfComparison.Equal)
        {
            return packet.Named(wanted);
        }

        if (load.Value is not { } value || wanted.Length > value.Length)
        {
            return load.Otherwise;
        }

        int order = value.AsSpan(0, wanted.Length).SequenceCompareTo(wanted);
        bool holds = compare.Comparison switch
        {
            NfComparison.Equal => order == 0,
            NfComparison.NotEqual => order != 0,
            NfComparison.Less => order < 0,
            NfComparison.LessOrEqual => order <= 0,
            NfComparison.Greater => order > 0,
            _ => order >= 0,
        };
        return holds ? ForwardMatch.All : ForwardMatch.None;
    }

    private static ForwardMatch Within(RawAttributes range, List<ForwardField> loaded)
    {
        byte[] Of(int type) => range.FirstOrDefault(each => each.Type == type).Payload.ToArray();
        byte[] operation = Of(RangeOperation), from = Of(RangeFrom), to = Of(RangeTo);
        if (loaded is not [ForwardField { Load: { Value: { } value } }] || operation.Length != sizeof(uint)
            || from.Length < AttributeHeader + value.Length || to.Length < AttributeHeader + value.Length)
        {
            return loaded.Select(field => field.Load.Otherwise).Append(ForwardMatch.Unknown).Min();
        }

        bool isWithin = from.AsSpan(AttributeHeader, value.Length).SequenceCompareTo(value) <= 0
            && to.AsSpan(AttributeHeader, value.Length).SequenceCompareTo(value) >= 0;
        return isWithin == (operation[^1] == 0) ? ForwardMatch.All : ForwardMatch.None;
    }

    private static ForwardMatch Opposite(ForwardMatch match) => match switch
    {
        ForwardMatch.All => ForwardMatch.None,
        ForwardMatch.None => ForwardMatch.All,
        _ => match,
    };

    private static ForwardMatch Extended(NfExtension extension, ForwardPacket packet)
    {
        byte[] info = extension.Info.ToArray();
        return extension.Name switch
        {
            "comment" => ForwardMatch.All,
            "devgroup" when info.Length >= 5 * sizeof(uint) =>
                OfGroups(MemoryMarshal.Cast<byte, uint>(info).ToArray(), packet),
            "conntrack" when info.Length >= StatesAt + sizeof(ushort) && BitConverter.ToUInt16(info, FlagsAt) == MatchState =>
                OfState(BitConverter.ToUInt16(info, StatesAt), BitConverter.ToUInt16(info, InvertAt) != 0, packet),
            "state" when info.Length >= sizeof(uint) => OfState(BitConverter.ToUInt32(info), isInverted: false, packet),
            _ => ForwardMatch.Part,
        };
    }

    private static ForwardMatch OfState(uint states, bool isInverted, ForwardPacket packet) =>
        (states & packet.State) != 0 != isInverted ? ForwardMatch.All : ForwardMatch.None;

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

    private static ForwardMatch Min(ForwardMatch one, ForwardMatch other) => one < other ? one : other;
}
