using System.Buffers.Binary;
using System.Runtime.InteropServices;
using EgressNet.Netlink.Netfilter;

namespace EgressNet.Nat;

/// <summary>How far a rule is about a container's packets.</summary>
internal enum ForwardMatch
{
    /// <summary>It names other interfaces.</summary>
    None,

    /// <summary>It names no interface and demands something else.</summary>
    Some,

    /// <summary>It demands nothing.</summary>
    All,

    /// <summary>It names the container's host end or its group.</summary>
    Meant,

    /// <summary>It is about replies, whatever interface they go to.</summary>
    Replies,
}

/// <summary>Reads of a rule what it says of the interface by which packets come from a container, or go to it.</summary>
/// <param name="HostInterface">The name of the container's host end.</param>
/// <param name="IsOutput">Whether the packets go to the container.</param>
internal sealed record ForwardRule(string HostInterface, bool IsOutput)
{
    private const int GroupFlagInvert = 2, GroupFlagSource = 1, GroupFlagDestination = 4;

    public ForwardMatch Match(NfRule rule)
    {
        NfMetaKey? loaded = null;
        NfValue mask = default;
        bool isMeant = false, demands = false, isOfState = false, isStateLoaded = false;
        foreach (NfExpression expression in rule.Expressions)
        {
            switch (expression)
            {
                case NfMeta meta:
                    (loaded, mask, isStateLoaded) = (meta.Key, default, false);
                    break;
                case NfBitwise bitwise:
                    mask = bitwise.Mask;
                    break;
                case NfCompare or NfLookup when isStateLoaded:
                    break;
                case NfCompare compare when loaded == NameKey || loaded == GroupKey:
                    if (!Holds(compare, loaded == NameKey, mask))
                    {
                        return ForwardMatch.None;
                    }

                    isMeant |= compare.Comparison == NfComparison.Equal;
                    break;
                case NfExtension { Name: "devgroup" } extension:
                    if (OfGroups(extension) is not { } meant)
                    {
                        return ForwardMatch.None;
                    }

                    (isMeant, demands) = (isMeant || meant, demands || !meant);
                    break;
                case NfConntrack { Key: NfConntrackKey.State }:
                    isOfState = isStateLoaded = true;
                    break;
                case NfExtension { Name: "conntrack" or "state" }:
                    isOfState = true;
                    break;
                case NfCounter or NfDecide:
                    break;
                default:
                    (demands, isStateLoaded) = (true, false);
                    break;
            }
        }

        return isMeant ? ForwardMatch.Meant
            : demands ? ForwardMatch.Some
            : isOfState ? IsOutput ? ForwardMatch.Replies : ForwardMatch.Some
            : ForwardMatch.All;
    }

    private NfMetaKey NameKey => IsOutput ? NfMetaKey.OutputInterfaceName : NfMetaKey.InputInterfaceName;

    private NfMetaKey GroupKey => IsOutput ? NfMetaKey.OutputInterfaceGroup : NfMetaKey.InputInterfaceGroup;

    // A wildcard is compared with as many bytes as it has.
    private bool Holds(NfCompare compare, bool isName, NfValue mask)
    {
        byte[] wanted = compare.With.ToArray();
        bool isSame = isName
            ? NfValue.FromInterfaceName(HostInterface).ToArray().AsSpan().StartsWith(wanted)
            : wanted.Length == sizeof(uint) && (EgressGroup.First & Number(mask, uint.MaxValue)) == Number(compare.With, 0);
        return isSame == (compare.Comparison == NfComparison.Equal);
    }

    private static uint Number(NfValue value, uint otherwise) =>
        value.Length == sizeof(uint) ? MemoryMarshal.Read<uint>(value.ToArray()) : otherwise;

    /// <returns>Whether ours is the group meant; null where another one is.</returns>
    private bool? OfGroups(NfExtension extension)
    {
        // struct xt_devgroup_info: flags, source group and mask, destination group and mask.
        uint[] info = MemoryMarshal.Cast<byte, uint>(extension.Info.ToArray().AsSpan()).ToArray();
        int flag = IsOutput ? GroupFlagDestination : GroupFlagSource;
        if (info.Length < 5 || (info[0] & flag) == 0)
        {
            return false;
        }

        bool isSame = (EgressGroup.First & info[IsOutput ? 4 : 2]) == info[IsOutput ? 3 : 1];
        return isSame == ((info[0] & (uint)(flag * GroupFlagInvert)) == 0) ? true : null;
    }
}
