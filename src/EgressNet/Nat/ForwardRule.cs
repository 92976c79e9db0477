using System.Runtime.InteropServices;
using EgressNet.Netlink.Netfilter;

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
    private const uint GroupFlagInvert = 2, GroupFlagSource = 1, GroupFlagDestination = 4;

    // struct xt_conntrack_mtinfo3: what is matched, what of it is inverted, the states.
    private const int FlagsAt = 146, InvertAt = 148, StatesAt = 150;
    private const ushort MatchState = 1;

    /// <summary>What the rule does with the packet, and how far it is about it.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="packet">The packet.</param>
    /// <param name="elements">Reads a map of verdicts.</param>
    public static IEnumerable<(ForwardMatch Match, NfVerdict Verdict)> Apply(
        NfRule rule, ForwardPacket packet, Func<string, IReadOnlyList<NfElement>> elements)
    {
        ForwardMatch match = ForwardMatch.All, concatenated = ForwardMatch.All;
        ForwardLoad loaded = ForwardLoad.Part;
        NfValue mask = default;
        foreach (NfExpression expression in rule.Expressions)
        {
            if (match == ForwardMatch.None)
            {
                return [];
            }

            switch (expression)
            {
                case NfMeta or NfConntrack or NfPayload or NfFib:
                    loaded = Load(expression, packet);
                    (concatenated, mask) = (Least(concatenated, loaded.Otherwise), default);
                    break;
                case NfBitwise bitwise:
                    mask = bitwise.Mask;
                    break;
                case NfOtherExpression { Name: "byteorder" }:
                    loaded = loaded with { Value = null };
                    break;
                case NfCompare compare:
                    (match, concatenated) = (Least(match, Compare(compare, loaded, mask, packet)), ForwardMatch.All);
                    break;
                case NfLookup { To: NfRegister.Verdict } map:
                    return Math.Min((int)match, (int)concatenated) < (int)ForwardMatch.Unknown
                        ? []
                        : Look(elements(map.Set), match, loaded);
                case NfLookup or NfOtherExpression { Name: "range" }:
                    (match, concatenated) = (Least(match, concatenated), ForwardMatch.All);
                    break;
                case NfExtension extension:
                    match = Least(match, Extended(extension, packet));
                    break;
                case NfDecide decide:
                    return [(match, decide.Verdict)];
                case NfOtherExpression { Name: "reject" }:
                    return [(match, NfVerdict.Drop)];
                case NfCounter or NfOtherExpression { Name: "log" }:
                    break;
                default:
                    match = Least(match, ForwardMatch.Part);
                    break;
            }
        }

        return [];
    }

    private static ForwardLoad Load(NfExpression expression, ForwardPacket packet) => expression switch
    {
        NfMeta meta => packet.Load(meta.Key),
        NfConntrack conntrack => packet.Load(conntrack.Key),
        NfPayload payload => packet.Load(payload),
        _ => ForwardLoad.Part,
    };

    // A wildcard is compared with as many bytes as it has.
    private static ForwardMatch Compare(NfCompare compare, ForwardLoad loaded, NfValue mask, ForwardPacket packet)
    {
        byte[] wanted = compare.With.ToArray();
        bool isEquality = compare.Comparison is NfComparison.Equal or NfComparison.NotEqual;
        if (loaded.IsName && compare.Comparison == NfComparison.Equal)
        {
            return packet.Named(wanted);
        }

        if (loaded.Value is not { } value || !isEquality || wanted.Length > value.Length)
        {
            return loaded.Otherwise;
        }

        byte[] bits = mask.ToArray();
        bool isSame = wanted.Select((each, at) => (value[at] & (at < bits.Length ? bits[at] : 0xff)) == each).All(same => same);
        return isSame == (compare.Comparison == NfComparison.Equal) ? ForwardMatch.All : ForwardMatch.None;
    }

    private static IEnumerable<(ForwardMatch, NfVerdict)> Look(
        IReadOnlyList<NfElement> elements, ForwardMatch match, ForwardLoad loaded)
    {
        NfValue key = loaded.Value is { } value ? NfValue.FromBytes(value) : default;
        bool isExact = !key.IsNone && elements.All(element =>
            !element.IsIntervalEnd && element.KeyEnd.IsNone && !element.IsCatchAll && element.Key.Length == key.Length);
        return elements.Where(element => element.Verdict is not null && (!isExact || element.Key == key))
            .Select(element => (isExact ? match : Least(match, ForwardMatch.Unknown), element.Verdict!));
    }

    private static ForwardMatch Extended(NfExtension extension, ForwardPacket packet)
    {
        byte[] info = extension.Info.ToArray();
        return extension.Name switch
        {
            "comment" => ForwardMatch.All,
            "devgroup" when info.Length >= 5 * sizeof(uint) =>
                OfGroups(MemoryMarshal.Cast<byte, uint>(info).ToArray(), packet.IsToContainer),
            "conntrack" when info.Length >= StatesAt + sizeof(ushort) && BitConverter.ToUInt16(info, FlagsAt) == MatchState =>
                OfState(BitConverter.ToUInt16(info, StatesAt), BitConverter.ToUInt16(info, InvertAt) != 0, packet),
            "state" when info.Length >= sizeof(uint) => OfState(BitConverter.ToUInt32(info), isInverted: false, packet),
            _ => ForwardMatch.Part,
        };
    }

    private static ForwardMatch OfState(uint states, bool isInverted, ForwardPacket packet) =>
        (states & packet.State) != 0 != isInverted ? ForwardMatch.All : ForwardMatch.None;

    // struct xt_devgroup_info: flags, source group and mask, destination group and mask.
    private static ForwardMatch OfGroups(uint[] info, bool isToContainer)
    {
        uint flag = isToContainer ? GroupFlagDestination : GroupFlagSource;
        uint other = isToContainer ? GroupFlagSource : GroupFlagDestination;
        bool isSame = (EgressGroup.First & info[isToContainer ? 4 : 2]) == info[isToContainer ? 3 : 1];
        bool isMeant = (info[0] & flag) == 0 || isSame == ((info[0] & (flag * GroupFlagInvert)) == 0);
        return !isMeant ? ForwardMatch.None : (info[0] & other) != 0 ? ForwardMatch.Unknown : ForwardMatch.All;
    }

    private static ForwardMatch Least(ForwardMatch one, ForwardMatch other) => one < other ? one : other;
}
