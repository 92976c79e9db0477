using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Wire;
using static EgressNet.Netlink.Interop.NFTA_BITWISE;
using static EgressNet.Netlink.Interop.NFTA_CMP;
using static EgressNet.Netlink.Interop.NFTA_COUNTER;
using static EgressNet.Netlink.Interop.NFTA_CT;
using static EgressNet.Netlink.Interop.NFTA_FIB;
using static EgressNet.Netlink.Interop.NFTA_IMMEDIATE;
using static EgressNet.Netlink.Interop.NFTA_LOOKUP;
using static EgressNet.Netlink.Interop.NFTA_META;
using static EgressNet.Netlink.Interop.NFTA_NAT;
using static EgressNet.Netlink.Interop.NFTA_PAYLOAD;

namespace EgressNet.Netlink.Netfilter;

internal static partial class NfExpressionMessage
{
    private static void WriteData(ref NetlinkWriter writer, NfExpression expression)
    {
        switch (expression)
        {
            case NfMeta meta:
                writer.BigEndian(NFTA_META_KEY, (uint)meta.Key);
                writer.BigEndian(NFTA_META_DREG, (uint)meta.To);
                break;
            case NfConntrack conntrack:
                writer.BigEndian(NFTA_CT_KEY, (uint)conntrack.Key);
                writer.BigEndian(NFTA_CT_DREG, (uint)conntrack.To);
                break;
            case NfPayload payload:
                writer.BigEndian(NFTA_PAYLOAD_DREG, (uint)payload.To);
                writer.BigEndian(NFTA_PAYLOAD_BASE, (uint)payload.Base);
                writer.BigEndian(NFTA_PAYLOAD_OFFSET, payload.Offset);
                writer.BigEndian(NFTA_PAYLOAD_LEN, payload.Length);
                break;
            case NfCompare compare:
                writer.BigEndian(NFTA_CMP_SREG, (uint)compare.From);
                writer.BigEndian(NFTA_CMP_OP, (uint)compare.Comparison);
                NfDataMessage.Write(ref writer, NFTA_CMP_DATA, compare.With);
                break;
            case NfBitwise bitwise:
                writer.BigEndian(NFTA_BITWISE_SREG, (uint)bitwise.From);
                writer.BigEndian(NFTA_BITWISE_DREG, (uint)bitwise.To);
                writer.BigEndian(NFTA_BITWISE_LEN, (uint)bitwise.Mask.Length);
                NfDataMessage.Write(ref writer, NFTA_BITWISE_MASK, bitwise.Mask);
                NfDataMessage.Write(ref writer, NFTA_BITWISE_XOR, bitwise.Flip);
                break;
            case NfLookup lookup:
                WriteLookup(ref writer, lookup);
                break;
            case NfImmediate immediate:
                writer.BigEndian(NFTA_IMMEDIATE_DREG, (uint)immediate.To);
                NfDataMessage.Write(ref writer, NFTA_IMMEDIATE_DATA, immediate.Value);
                break;
            case NfDecide decide:
                writer.BigEndian(NFTA_IMMEDIATE_DREG, (uint)NfRegister.Verdict);
                NfDataMessage.Write(ref writer, NFTA_IMMEDIATE_DATA, decide.Verdict);
                break;
            case NfNat nat:
                WriteNat(ref writer, nat);
                break;
            case NfMasquerade masquerade:
                WriteUnlessZero(ref writer, NFTA_MASQ.NFTA_MASQ_FLAGS, (uint)masquerade.Flags);
                break;
            case NfFib fib:
                writer.BigEndian(NFTA_FIB_FLAGS, (uint)fib.Keys);
                writer.BigEndian(NFTA_FIB_RESULT, (uint)fib.Result);
                writer.BigEndian(NFTA_FIB_DREG, (uint)fib.To);
                break;
            case NfCounter { Packets: 0, Bytes: 0 }:
                break;
            case NfCounter counter:
                writer.BigEndian(NFTA_COUNTER_BYTES, counter.Bytes);
                writer.BigEndian(NFTA_COUNTER_PACKETS, counter.Packets);
                break;
            case NfExtension extension:
                writer.Text(NFTA_MATCH.NFTA_MATCH_NAME, extension.Name);
                writer.BigEndian(NFTA_MATCH.NFTA_MATCH_REV, extension.Revision);
                extension.Info.CopyTo(writer.Reserve(NFTA_MATCH.NFTA_MATCH_INFO, extension.Info.Length));
                break;
            case NfOtherExpression { Data: { } data }:
                writer.Raw(data.Bytes);
                break;
        }
    }

    private static void WriteLookup(ref NetlinkWriter writer, NfLookup lookup)
    {
        writer.BigEndian(NFTA_LOOKUP_SREG, (uint)lookup.From);
        WriteIfAny(ref writer, NFTA_LOOKUP_DREG, lookup.To);
        writer.Text(NFTA_LOOKUP_SET, lookup.Set);
        WriteUnlessZero(ref writer, NFTA_LOOKUP_SET_ID, lookup.SetId);
        WriteUnlessZero(ref writer, NFTA_LOOKUP_FLAGS, lookup.IsInverted ? (uint)NFT_LOOKUP_F.NFT_LOOKUP_F_INV : 0);
    }

    private static void WriteNat(ref NetlinkWriter writer, NfNat nat)
    {
        writer.BigEndian(NFTA_NAT_TYPE, (uint)(nat.IsDestination ? NFT_NAT.NFT_NAT_DNAT : NFT_NAT.NFT_NAT_SNAT));
        writer.BigEndian(NFTA_NAT_FAMILY, (uint)nat.Family);
        WriteIfAny(ref writer, NFTA_NAT_REG_ADDR_MIN, nat.AddressFrom);
        WriteIfAny(ref writer, NFTA_NAT_REG_ADDR_MAX, nat.LastAddressFrom);
        WriteIfAny(ref writer, NFTA_NAT_REG_PROTO_MIN, nat.PortFrom);
        WriteIfAny(ref writer, NFTA_NAT_REG_PROTO_MAX, nat.LastPortFrom);
        WriteUnlessZero(ref writer, NFTA_NAT_FLAGS, (uint)nat.Flags);
    }

    private static void WriteIfAny<TType>(ref NetlinkWriter writer, TType type, NfRegister? register)
        where TType : unmanaged, Enum
    {
        if (register is { } value)
        {
            writer.BigEndian(type, (uint)value);
        }
    }

    private static void WriteUnlessZero<TType>(ref NetlinkWriter writer, TType type, uint value)
        where TType : unmanaged, Enum
    {
        if (value != 0)
        {
            writer.BigEndian(type, value);
        }
    }
}
