using System.Text;
using EgressNet.Netlink.Netfilter;
using EgressNet.Netlink.Wire;

namespace EgressNet.Nat;

/// <summary>How far a rule matches packets of a kind.</summary>
internal enum ForwardMatch
{
    /// <summary>It matches none.</summary>
    None,

    /// <summary>It matches some of them: a protocol, a port, a destination.</summary>
    Part,

    /// <summary>It matches none or all, depending on state that is not examined.</summary>
    Unknown,

    /// <summary>It matches all.</summary>
    All,
}

/// <summary>Evaluates a rule for a packet.</summary>
internal static class ForwardRule
{
    private const int InterfaceNameLength = 16;

    // NFTA_RANGE_OP, whose 0 is equality, NFTA_RANGE_FROM_DATA and NFTA_RANGE_TO_DATA, each of these with a nested value.
    private const int RangeOperation = 2, RangeFrom = 3, RangeTo = 4, AttributeHeader = 4;

    // NFTA_META_SREG and NFTA_CT_SREG, which statements have that set something, and NFTA_TARGET_NAME.
    private const int MetaSource = 3, ConntrackSource = 4, PayloadSource = 5, TargetName = 1;

    /// <summary>The verdict of the rule, and how far it matches the packet.</summary>
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

                    ForwardField field = Load(expression, packet);
                    match = Min(match, field.Load == ForwardLoad.Missing ? ForwardMatch.None : ForwardMatch.All);
                    loaded.Add(field);
                    isUsed = false;
                    break;
                case NfBitwise bitwise when loaded is [.., ForwardField last]:
                    loaded[^1] = last with { Load = last.Load.Masked(bitwise.Mask.ToArray(), bitwise.Xor.ToArray()) };
                    break;
                case NfOtherExpression { Name: "byteorder" } when loaded is [.., ForwardField last]:
                    loaded[^1] = last with { Load = Turned(last.Load) };
                    break;
                case NfCompare compare:
                    (match, isUsed) = (Min(match, Compare(compare, loaded, packet)), true);
                    break;
                case NfOtherExpression { Name: "range", Data: var range }:
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
                    match = Min(match, ForwardExtension.MatchOf(extension, packet));
                    break;
                case NfDecide decide:
                    return [(match, decide.Verdict)];
                case NfOtherExpression { Name: "reject" }:
                    return [(match, NfVerdict.Drop)];
                case NfOtherExpression { Name: "target", Data: var target }:
                    return NameOf(target) == "REJECT" ? [(match, NfVerdict.Drop)]
                        : NameOf(target) == "NFQUEUE" ? [(Min(match, ForwardMatch.Unknown), NfVerdict.Accept)]
                        : [];
                case NfOtherExpression { Name: "queue" }:
                    // Whoever takes it may let it pass.
                    return [(Min(match, ForwardMatch.Unknown), NfVerdict.Accept)];
                case NfOtherExpression other when IsLoad(other):
                    loaded = isUsed ? [] : loaded;
                    loaded.Add(new ForwardField(ForwardLoad.Unknown, null));
                    isUsed = false;
                    break;
                case NfOtherExpression other when !EndsRules(other):
                    break;
                default:
                    match = Min(match, ForwardMatch.Unknown);
                    break;
            }
        }

        return [];
    }

    private static bool IsLoad(NfOtherExpression other) => other.Name switch
    {
        "meta" => !Has(other, MetaSource),
        "ct" => !Has(other, ConntrackSource),
        "payload" => !Has(other, PayloadSource),
        "exthdr" or "numgen" or "hash" or "socket" or "rt" or "xfrm" or "tunnel" or "osf" or "inner" => true,
        _ => false,
    };

    // What sets, notes or loads a constant lets the packet go on to the rest of the rule.
    private static bool EndsRules(NfOtherExpression other) =>
        other.Name is not
            ("log" or "counter" or "last" or "objref" or "notrack" or "dup" or "meta" or "ct" or "payload" or "immediate");

    private static bool Has(NfOtherExpression other, int type) => other.Data.Any(each => each.Type == type);

    private static string NameOf(RawAttributes target) => Encoding.UTF8.GetString(
        target.FirstOrDefault(each => each.Type == TargetName).Payload.Span).TrimEnd('\0');

    private static ForwardField Load(NfExpression expression, ForwardPacket packet) => expression switch
    {
        NfMeta meta => new ForwardField(packet.Load(meta.Key), LengthOf(meta.Key)),
        NfConntrack conntrack => new ForwardField(
            packet.Load(conntrack.Key), conntrack.Key is NfConntrackKey.State or NfConntrackKey.Status ? sizeof(uint) : null),
        NfPayload payload => new ForwardField(packet.Load(payload), (int)payload.Length),
        _ => new ForwardField(ForwardLoad.Unknown, null),
    };

    private static int? LengthOf(NfMetaKey key) => key switch
    {
        NfMetaKey.InputInterfaceName or NfMetaKey.OutputInterfaceName => InterfaceNameLength,
        NfMetaKey.Family or NfMetaKey.TransportProtocol => 1,
        NfMetaKey.InputInterface or NfMetaKey.OutputInterface or NfMetaKey.InputInterfaceGroup
            or NfMetaKey.OutputInterfaceGroup or NfMetaKey.Mark => sizeof(uint),
        _ => null,
    };

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

    private static ForwardMatch Min(ForwardMatch one, ForwardMatch other) => one < other ? one : other;
}
