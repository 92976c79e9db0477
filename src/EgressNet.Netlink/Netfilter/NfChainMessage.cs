using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Wire;
using static EgressNet.Netlink.Interop.NFTA_CHAIN;
using static EgressNet.Netlink.Interop.NFTA_HOOK;

namespace EgressNet.Netlink.Netfilter;

/// <summary>A chain as NFT_MSG_NEWCHAIN and NFT_MSG_DELCHAIN carry it.</summary>
internal static class NfChainMessage
{
    public static void Write(ref NetlinkWriter writer, NfChain chain)
    {
        WriteName(ref writer, chain);
        if (chain.Type is { } type)
        {
            writer.Text(NFTA_CHAIN_TYPE, type);
        }

        if (chain.Policy is { } policy)
        {
            writer.BigEndian(NFTA_CHAIN_POLICY, (uint)policy);
        }

        if (chain.Hook is { } hook)
        {
            int nest = writer.BeginNest(NFTA_CHAIN_HOOK);
            writer.BigEndian(NFTA_HOOK_HOOKNUM, (uint)hook);
            writer.BigEndian(NFTA_HOOK_PRIORITY, (uint)chain.Priority);
            if (chain.Device is { } device)
            {
                writer.Text(NFTA_HOOK_DEV, device);
            }

            writer.EndNest(nest);
        }

        NfMessage.UserData(ref writer, NFTA_CHAIN_USERDATA, chain.UserData);
        NfMessage.Unknown(ref writer, chain.Unknown);
    }

    public static void WriteName(ref NetlinkWriter writer, NfChain chain)
    {
        NfMessage.Header(ref writer, chain.Family);
        writer.Text(NFTA_CHAIN_TABLE, chain.Table);
        writer.Text(NFTA_CHAIN_NAME, chain.Name);
    }

    public static bool TryRead(in NetlinkMessage message, out NfChain chain)
    {
        chain = new NfChain { Family = NfMessage.FamilyOf(in message), Table = "", Name = "" };
        RawAttributesBuilder unknown = default;
        foreach (NetlinkAttribute attribute in message.Attributes<nfgenmsg>())
        {
            switch ((NFTA_CHAIN)attribute.Type)
            {
                case NFTA_CHAIN_TABLE:
                    chain = chain with { Table = attribute.Text };
                    break;
                case NFTA_CHAIN_NAME:
                    chain = chain with { Name = attribute.Text };
                    break;
                case NFTA_CHAIN_HANDLE:
                    chain = chain with { Handle = attribute.U64BigEndian };
                    break;
                case NFTA_CHAIN_USE:
                    chain = chain with { Use = attribute.U32BigEndian };
                    break;
                case NFTA_CHAIN_TYPE:
                    chain = chain with { Type = attribute.Text };
                    break;
                case NFTA_CHAIN_POLICY:
                    chain = chain with { Policy = (NfPolicy)attribute.U32BigEndian };
                    break;
                case NFTA_CHAIN_HOOK:
                    chain = ReadHook(chain, attribute);
                    break;
                case NFTA_CHAIN_USERDATA:
                    chain = chain with { UserData = new NfUserData(attribute.Payload) };
                    break;
                case NFTA_CHAIN_PAD or NFTA_CHAIN_COUNTERS or NFTA_CHAIN_ID:
                case NFTA_CHAIN_FLAGS when attribute.U32BigEndian <= 1:
                    break;
                default:
                    unknown.Add(attribute);
                    break;
            }
        }

        chain = chain with { Unknown = unknown.Build() };
        return message.Type == (ushort)NfMessageType.NewChain;
    }

    private static NfChain ReadHook(NfChain chain, NetlinkAttribute nest)
    {
        foreach (NetlinkAttribute attribute in nest.Attributes)
        {
            switch ((NFTA_HOOK)attribute.Type)
            {
                case NFTA_HOOK_HOOKNUM:
                    chain = chain with { Hook = (NfHook)attribute.U32BigEndian };
                    break;
                case NFTA_HOOK_PRIORITY:
                    chain = chain with { Priority = (int)attribute.U32BigEndian };
                    break;
                case NFTA_HOOK_DEV:
                    chain = chain with { Device = attribute.Text };
                    break;
            }
        }

        return chain;
    }
}
