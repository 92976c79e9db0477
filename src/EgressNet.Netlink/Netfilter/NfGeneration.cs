using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Wire;

namespace EgressNet.Netlink.Netfilter;

/// <summary>A state of a namespace's nf_tables: the number moves with every transaction of anybody.</summary>
/// <param name="Id">The number, from 1.</param>
internal readonly record struct NfGeneration(uint Id)
{
    public static NfGeneration Read(in NetlinkMessage message)
    {
        NfAttributes attributes = new(message.Attributes<nfgenmsg>());
        return new NfGeneration(attributes.U32(NFTA_GEN.NFTA_GEN_ID) ?? 0);
    }
}
