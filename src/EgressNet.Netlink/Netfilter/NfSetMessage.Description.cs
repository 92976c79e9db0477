using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Wire;
using static EgressNet.Netlink.Interop.NFTA_DESC;

namespace EgressNet.Netlink.Netfilter;

/// <summary>How many elements a set may hold and what fields their keys have, as NFTA_SET_DESC carries it.</summary>
internal static partial class NfSetMessage
{
    private static void WriteDescription(ref NetlinkWriter writer, NfSet set)
    {
        if (set is { Size: 0, FieldLengths: null })
        {
            return;
        }

        int nest = writer.BeginNest(NFTA_SET.NFTA_SET_DESC);
        if (set.Size != 0)
        {
            writer.BigEndian(NFTA_SET_DESC_SIZE, set.Size);
        }

        if (set.FieldLengths is { } lengths)
        {
            int fields = writer.BeginNest(NFTA_SET_DESC_CONCAT);
            foreach (uint length in lengths)
            {
                int field = writer.BeginNest(NFTA_LIST.NFTA_LIST_ELEM);
                writer.BigEndian(NFTA_SET_FIELD.NFTA_SET_FIELD_LEN, length);
                writer.EndNest(field);
            }

            writer.EndNest(fields);
        }

        writer.EndNest(nest);
    }

    /// <returns>False where there is more than can be kept: the set is left as it was.</returns>
    private static bool TryReadDescription(NetlinkAttribute nest, ref NfSet set)
    {
        uint size = 0;
        List<uint>? lengths = null;
        foreach (NetlinkAttribute attribute in nest.Attributes)
        {
            switch ((NFTA_DESC)attribute.Type)
            {
                case NFTA_SET_DESC_SIZE:
                    size = attribute.U32BigEndian;
                    break;
                case NFTA_SET_DESC_CONCAT when TryReadFields(attribute, lengths = []):
                    break;
                default:
                    return false;
            }
        }

        set = set with { Size = size, FieldLengths = lengths };
        return true;
    }

    private static bool TryReadFields(NetlinkAttribute nest, List<uint> lengths)
    {
        foreach (NetlinkAttribute field in nest.Attributes)
        {
            foreach (NetlinkAttribute attribute in field.Attributes)
            {
                if ((NFTA_SET_FIELD)attribute.Type != NFTA_SET_FIELD.NFTA_SET_FIELD_LEN)
                {
                    return false;
                }

                lengths.Add(attribute.U32BigEndian);
            }
        }

        return true;
    }
}
