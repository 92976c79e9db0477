using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Wire;
using static EgressNet.Netlink.Interop.NFTA_GEN;

namespace EgressNet.Netlink.Netfilter;

/// <summary>NFT_MSG_NEWGEN.</summary>
internal static class NfGenerationMessage
{
    public static NfGeneration Read(in NetlinkMessage message)
    {
        NfGeneration generation = default;
        foreach (NetlinkAttribute attribute in message.Attributes<nfgenmsg>())
        {
            switch ((NFTA_GEN)attribute.Type)
            {
                case NFTA_GEN_ID:
                    generation = generation with { Id = attribute.U32BigEndian };
                    break;
                case NFTA_GEN_PROC_PID:
                    generation = generation with { ProcessId = attribute.U32BigEndian };
                    break;
                case NFTA_GEN_PROC_NAME:
                    generation = generation with { ProcessName = attribute.Text };
                    break;
            }
        }

        return generation;
    }
}
