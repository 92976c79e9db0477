using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Wire;
using static EgressNet.Netlink.Interop.NFTA_CT;

namespace EgressNet.Netlink.Netfilter;

/// <summary>What looks at a packet's connection, and what iptables leaves to its extensions.</summary>
internal static partial class NfExpressionMessage
{
    private static NfConntrack? ReadConntrack(NetlinkAttribute data)
    {
        NfConntrack conntrack = new(default);
        bool whole = false;
        foreach (NetlinkAttribute attribute in data.Attributes)
        {
            switch ((NFTA_CT)attribute.Type)
            {
                case NFTA_CT_DREG:
                    conntrack = conntrack with { To = (NfRegister)attribute.U32BigEndian };
                    whole = true;
                    break;
                case NFTA_CT_KEY:
                    conntrack = conntrack with { Key = (NfConntrackKey)attribute.U32BigEndian };
                    break;
                default:
                    return null;
            }
        }

        return whole ? conntrack : null;
    }

    private static NfExtension? ReadExtension(NetlinkAttribute data)
    {
        NfExtension extension = new("", 0, default);
        foreach (NetlinkAttribute attribute in data.Attributes)
        {
            switch ((NFTA_MATCH)attribute.Type)
            {
                case NFTA_MATCH.NFTA_MATCH_NAME:
                    extension = extension with { Name = attribute.Text };
                    break;
                case NFTA_MATCH.NFTA_MATCH_REV:
                    extension = extension with { Revision = attribute.U32BigEndian };
                    break;
                case NFTA_MATCH.NFTA_MATCH_INFO:
                    extension = extension with { Info = NfValue.FromBytes(attribute.Payload) };
                    break;
                default:
                    return null;
            }
        }

        return extension;
    }
}
