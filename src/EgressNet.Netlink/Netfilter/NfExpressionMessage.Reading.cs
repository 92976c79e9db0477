using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Wire;
using static EgressNet.Netlink.Interop.NFTA_BITWISE;
using static EgressNet.Netlink.Interop.NFTA_CMP;
using static EgressNet.Netlink.Interop.NFTA_COUNTER;
using static EgressNet.Netlink.Interop.NFTA_FIB;
using static EgressNet.Netlink.Interop.NFTA_IMMEDIATE;
using static EgressNet.Netlink.Interop.NFTA_LOOKUP;
using static EgressNet.Netlink.Interop.NFTA_META;
using static EgressNet.Netlink.Interop.NFTA_PAYLOAD;

namespace EgressNet.Netlink.Netfilter;

/// <summary>Each answers null for an expression that holds more than its record can.</summary>
internal static partial class NfExpressionMessage
{
    private static NfMeta? ReadMeta(NetlinkAttribute data)
    {
        NfMeta meta = new(default);
        bool whole = false;
        foreach (NetlinkAttribute attribute in data.Attributes)
        {
            switch ((NFTA_META)attribute.Type)
            {
                case NFTA_META_DREG:
                    meta = meta with { To = (NfRegister)attribute.U32BigEndian };
                    whole = true;
                    break;
                case NFTA_META_KEY:
                    meta = meta with { Key = (NfMetaKey)attribute.U32BigEndian };
                    break;
                default:
                    return null;
            }
        }

        return whole ? meta : null;
    }

    private static NfPayload? ReadPayload(NetlinkAttribute data)
    {
        NfPayload payload = new(default, 0, 0);
        bool whole = false;
        foreach (NetlinkAttribute attribute in data.Attributes)
        {
            switch ((NFTA_PAYLOAD)attribute.Type)
            {
                case NFTA_PAYLOAD_DREG:
                    payload = payload with { To = (NfRegister)attribute.U32BigEndian };
                    whole = true;
                    break;
                case NFTA_PAYLOAD_BASE:
                    payload = payload with { Base = (NfPayloadBase)attribute.U32BigEndian };
                    break;
                case NFTA_PAYLOAD_OFFSET:
                    payload = payload with { Offset = attribute.U32BigEndian };
                    break;
                case NFTA_PAYLOAD_LEN:
                    payload = payload with { Length = attribute.U32BigEndian };
                    break;
                default:
                    return null;
            }
        }

        return whole ? payload : null;
    }

    private static NfCompare? ReadCompare(NetlinkAttribute data)
    {
        NfCompare compare = new(default, default);
        foreach (NetlinkAttribute attribute in data.Attributes)
        {
            switch ((NFTA_CMP)attribute.Type)
            {
                case NFTA_CMP_SREG:
                    compare = compare with { From = (NfRegister)attribute.U32BigEndian };
                    break;
                case NFTA_CMP_OP:
                    compare = compare with { Comparison = (NfComparison)attribute.U32BigEndian };
                    break;
                case NFTA_CMP_DATA:
                    compare = compare with { With = NfDataMessage.ReadValue(attribute) };
                    break;
                default:
                    return null;
            }
        }

        return compare;
    }

    private static NfBitwise? ReadBitwise(NetlinkAttribute data)
    {
        NfBitwise bitwise = new(default, default);
        foreach (NetlinkAttribute attribute in data.Attributes)
        {
            switch ((NFTA_BITWISE)attribute.Type)
            {
                case NFTA_BITWISE_SREG:
                    bitwise = bitwise with { From = (NfRegister)attribute.U32BigEndian };
                    break;
                case NFTA_BITWISE_DREG:
                    bitwise = bitwise with { To = (NfRegister)attribute.U32BigEndian };
                    break;
                case NFTA_BITWISE_MASK:
                    bitwise = bitwise with { Mask = NfDataMessage.ReadValue(attribute) };
                    break;
                case NFTA_BITWISE_XOR:
                    bitwise = bitwise with { Flip = NfDataMessage.ReadValue(attribute) };
                    break;
                case NFTA_BITWISE_LEN:
                case NFTA_BITWISE_OP when attribute.U32BigEndian == (uint)NFT_BITWISE.NFT_BITWISE_MASK_XOR:
                    break;
                default:
                    return null;
            }
        }

        return bitwise;
    }

    private static NfLookup? ReadLookup(NetlinkAttribute data)
    {
        NfLookup lookup = new("");
        foreach (NetlinkAttribute attribute in data.Attributes)
        {
            switch ((NFTA_LOOKUP)attribute.Type)
            {
                case NFTA_LOOKUP_SET:
                    lookup = lookup with { Set = attribute.Text };
                    break;
                case NFTA_LOOKUP_SREG:
                    lookup = lookup with { From = (NfRegister)attribute.U32BigEndian };
                    break;
                case NFTA_LOOKUP_DREG:
                    lookup = lookup with { To = (NfRegister)attribute.U32BigEndian };
                    break;
                case NFTA_LOOKUP_SET_ID:
                    lookup = lookup with { SetId = attribute.U32BigEndian };
                    break;
                case NFTA_LOOKUP_FLAGS:
                    bool inverted = (attribute.U32BigEndian & (uint)NFT_LOOKUP_F.NFT_LOOKUP_F_INV) != 0;
                    lookup = lookup with { IsInverted = inverted };
                    break;
                default:
                    return null;
            }
        }

        return lookup;
    }

    private static NfExpression? ReadImmediate(NetlinkAttribute data)
    {
        NfRegister to = default;
        NfValue value = default;
        NfVerdict? verdict = null;
        foreach (NetlinkAttribute attribute in data.Attributes)
        {
            switch ((NFTA_IMMEDIATE)attribute.Type)
            {
                case NFTA_IMMEDIATE_DREG:
                    to = (NfRegister)attribute.U32BigEndian;
                    break;
                case NFTA_IMMEDIATE_DATA:
                    value = NfDataMessage.Read(attribute, out verdict);
                    break;
                default:
                    return null;
            }
        }

        return verdict is null ? new NfImmediate(value, to) : new NfDecide(verdict);
    }

    private static NfFib? ReadFib(NetlinkAttribute data)
    {
        NfFib fib = new(default, default);
        foreach (NetlinkAttribute attribute in data.Attributes)
        {
            switch ((NFTA_FIB)attribute.Type)
            {
                case NFTA_FIB_DREG:
                    fib = fib with { To = (NfRegister)attribute.U32BigEndian };
                    break;
                case NFTA_FIB_RESULT:
                    fib = fib with { Result = (NfFibResult)attribute.U32BigEndian };
                    break;
                case NFTA_FIB_FLAGS:
                    fib = fib with { Keys = (NfFibKeys)attribute.U32BigEndian };
                    break;
                default:
                    return null;
            }
        }

        return fib;
    }

    private static NfCounter? ReadCounter(NetlinkAttribute data)
    {
        NfCounter counter = new();
        foreach (NetlinkAttribute attribute in data.Attributes)
        {
            switch ((NFTA_COUNTER)attribute.Type)
            {
                case NFTA_COUNTER_BYTES:
                    counter = counter with { Bytes = attribute.U64BigEndian };
                    break;
                case NFTA_COUNTER_PACKETS:
                    counter = counter with { Packets = attribute.U64BigEndian };
                    break;
                case NFTA_COUNTER_PAD:
                    break;
                default:
                    return null;
            }
        }

        return counter;
    }
}
