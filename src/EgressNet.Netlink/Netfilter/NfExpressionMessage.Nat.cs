using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Wire;
using static EgressNet.Netlink.Interop.NFTA_NAT;

namespace EgressNet.Netlink.Netfilter;

internal static partial class NfExpressionMessage
{
    // What registers say already: the kernel sets these bits itself.
    private const uint Implied = (uint)(NF_NAT_RANGE.NF_NAT_RANGE_MAP_IPS | NF_NAT_RANGE.NF_NAT_RANGE_PROTO_SPECIFIED);

    private static NfNat? ReadNat(NetlinkAttribute data)
    {
        NfNat nat = new(default, AddressFrom: null);
        foreach (NetlinkAttribute attribute in data.Attributes)
        {
            switch ((NFTA_NAT)attribute.Type)
            {
                case NFTA_NAT_TYPE:
                    nat = nat with { IsDestination = attribute.U32BigEndian == (uint)NFT_NAT.NFT_NAT_DNAT };
                    break;
                case NFTA_NAT_FAMILY:
                    nat = nat with { Family = (NfFamily)attribute.U32BigEndian };
                    break;
                case NFTA_NAT_REG_ADDR_MIN:
                    nat = nat with { AddressFrom = (NfRegister)attribute.U32BigEndian };
                    break;
                case NFTA_NAT_REG_ADDR_MAX:
                    nat = nat with { LastAddressFrom = (NfRegister)attribute.U32BigEndian };
                    break;
                case NFTA_NAT_REG_PROTO_MIN:
                    nat = nat with { PortFrom = (NfRegister)attribute.U32BigEndian };
                    break;
                case NFTA_NAT_REG_PROTO_MAX:
                    nat = nat with { LastPortFrom = (NfRegister)attribute.U32BigEndian };
                    break;
                case NFTA_NAT_FLAGS:
                    nat = nat with { Flags = (NfNatFlags)(attribute.U32BigEndian & ~Implied) };
                    break;
                default:
                    return null;
            }
        }

        return nat with
        {
            LastAddressFrom = nat.LastAddressFrom == nat.AddressFrom ? null : nat.LastAddressFrom,
            LastPortFrom = nat.LastPortFrom == nat.PortFrom ? null : nat.LastPortFrom,
        };
    }

    private static NfMasquerade? ReadMasquerade(NetlinkAttribute data)
    {
        NfMasquerade masquerade = new();
        foreach (NetlinkAttribute attribute in data.Attributes)
        {
            if ((NFTA_MASQ)attribute.Type != NFTA_MASQ.NFTA_MASQ_FLAGS)
            {
                return null;
            }

            masquerade = new((NfNatFlags)(attribute.U32BigEndian & ~Implied));
        }

        return masquerade;
    }
}
