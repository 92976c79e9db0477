using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Wire;
using static EgressNet.Netlink.Interop.NFTA_SET_ELEM;
using static EgressNet.Netlink.Interop.NFTA_SET_ELEM_LIST;

namespace EgressNet.Netlink.Netfilter;

/// <summary>Elements as NFT_MSG_NEWSETELEM, NFT_MSG_GETSETELEM and NFT_MSG_DELSETELEM carry them.</summary>
internal static class NfElementMessage
{
    public static void WriteSet(ref NetlinkWriter writer, NfSet set)
    {
        NfMessage.Header(ref writer, set.Family);
        writer.Text(NFTA_SET_ELEM_LIST_TABLE, set.Table);
        writer.Text(NFTA_SET_ELEM_LIST_SET, set.Name);
    }

    public static void Write(ref NetlinkWriter writer, NfSet set, IEnumerable<NfElement> elements)
    {
        WriteSet(ref writer, set);
        int list = writer.BeginNest(NFTA_SET_ELEM_LIST_ELEMENTS);
        foreach (NfElement element in elements)
        {
            int nest = writer.BeginNest(NFTA_LIST.NFTA_LIST_ELEM);
            WriteFlags(ref writer, element);
            if (element.Timeout is { } timeout)
            {
                NfMessage.Time(ref writer, NFTA_SET_ELEM_TIMEOUT, timeout);
            }

            if (element.Expiration is { } expiration)
            {
                NfMessage.Time(ref writer, NFTA_SET_ELEM_EXPIRATION, expiration);
            }

            WriteKey(ref writer, element);
            if (element.Verdict is { } verdict)
            {
                NfDataMessage.Write(ref writer, NFTA_SET_ELEM_DATA, verdict);
            }
            else if (!element.Value.IsNone)
            {
                NfDataMessage.Write(ref writer, NFTA_SET_ELEM_DATA, element.Value);
            }

            NfMessage.UserData(ref writer, NFTA_SET_ELEM_USERDATA, element.UserData);
            NfMessage.Unknown(ref writer, element.Unknown);
            writer.EndNest(nest);
        }

        writer.EndNest(list);
    }

    /// <summary>What the kernel finds elements by.</summary>
    public static void WriteKeys(ref NetlinkWriter writer, NfSet set, IEnumerable<NfElement> elements)
    {
        WriteSet(ref writer, set);
        int list = writer.BeginNest(NFTA_SET_ELEM_LIST_ELEMENTS);
        foreach (NfElement element in elements)
        {
            int nest = writer.BeginNest(NFTA_LIST.NFTA_LIST_ELEM);
            WriteFlags(ref writer, element);
            WriteKey(ref writer, element);
            writer.EndNest(nest);
        }

        writer.EndNest(list);
    }

    public static bool TryRead(in NetlinkMessage message, out IReadOnlyList<NfElement> elements)
    {
        List<NfElement> read = [];
        elements = read;
        foreach (NetlinkAttribute attribute in message.Attributes<nfgenmsg>())
        {
            if ((NFTA_SET_ELEM_LIST)attribute.Type == NFTA_SET_ELEM_LIST_ELEMENTS)
            {
                foreach (NetlinkAttribute element in attribute.Attributes)
                {
                    read.Add(ReadOne(element));
                }
            }
        }

        return message.Type == (ushort)NfMessageType.NewElement;
    }

    private static NfElement ReadOne(NetlinkAttribute nest)
    {
        NfValue key = default;
        NfValue keyEnd = default;
        NfValue value = default;
        NfVerdict? verdict = null;
        NFT_SET_ELEM flags = 0;
        TimeSpan? timeout = null;
        TimeSpan? expiration = null;
        NfUserData? userData = null;
        RawAttributesBuilder unknown = default;
        foreach (NetlinkAttribute attribute in nest.Attributes)
        {
            switch ((NFTA_SET_ELEM)attribute.Type)
            {
                case NFTA_SET_ELEM_KEY:
                    key = NfDataMessage.ReadValue(attribute);
                    break;
                case NFTA_SET_ELEM_KEY_END:
                    keyEnd = NfDataMessage.ReadValue(attribute);
                    break;
                case NFTA_SET_ELEM_DATA:
                    value = NfDataMessage.Read(attribute, out verdict);
                    break;
                case NFTA_SET_ELEM_FLAGS:
                    flags = (NFT_SET_ELEM)attribute.U32BigEndian;
                    break;
                case NFTA_SET_ELEM_TIMEOUT:
                    timeout = NfMessage.Time(attribute);
                    break;
                case NFTA_SET_ELEM_EXPIRATION:
                    expiration = NfMessage.Time(attribute);
                    break;
                case NFTA_SET_ELEM_USERDATA:
                    userData = new NfUserData(attribute.Payload);
                    break;
                case NFTA_SET_ELEM_PAD:
                    break;
                default:
                    unknown.Add(attribute);
                    break;
            }
        }

        return new NfElement
        {
            Key = key,
            KeyEnd = keyEnd,
            Value = value,
            Verdict = verdict,
            IsIntervalEnd = flags.HasFlag(NFT_SET_ELEM.NFT_SET_ELEM_INTERVAL_END),
            IsCatchAll = flags.HasFlag(NFT_SET_ELEM.NFT_SET_ELEM_CATCHALL),
            Timeout = timeout,
            Expiration = expiration,
            UserData = userData,
            Unknown = unknown.Build(),
        };
    }

    private static void WriteFlags(ref NetlinkWriter writer, NfElement element)
    {
        NFT_SET_ELEM flags = element.IsIntervalEnd ? NFT_SET_ELEM.NFT_SET_ELEM_INTERVAL_END : 0;
        flags |= element.IsCatchAll ? NFT_SET_ELEM.NFT_SET_ELEM_CATCHALL : 0;
        if (flags != 0)
        {
            writer.BigEndian(NFTA_SET_ELEM_FLAGS, (uint)flags);
        }
    }

    private static void WriteKey(ref NetlinkWriter writer, NfElement element)
    {
        if (!element.Key.IsNone)
        {
            NfDataMessage.Write(ref writer, NFTA_SET_ELEM_KEY, element.Key);
        }

        if (!element.KeyEnd.IsNone)
        {
            NfDataMessage.Write(ref writer, NFTA_SET_ELEM_KEY_END, element.KeyEnd);
        }
    }
}
