using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Wire;
using static EgressNet.Netlink.Interop.NFTA_DESC;
using static EgressNet.Netlink.Interop.NFTA_SET_FIELD;

namespace EgressNet.Netlink.Netfilter;

/// <summary>The size and the key fields of a set (NFTA_SET_DESC).</summary>
/// <param name="Size">How many elements it may hold at most, as read; 0 for any number.</param>
/// <param name="FieldLengths">Of keys of several fields in a row, how many bytes each field has, in a byte each.</param>
internal readonly record struct NfSetDescription(uint Size = 0, NfValue FieldLengths = default)
{
    /// <summary>Of keys of two fields.</summary>
    public static NfSetDescription OfFields(byte first, byte second) => new(0, NfValue.FromBytes([first, second]));

    /// <returns>Nothing of one that has more to it.</returns>
    public static NfSetDescription Read(AttributeReader nest)
    {
        NfAttributes description = new(nest);
        List<byte> lengths = [];
        uint size = description.U32(NFTA_SET_DESC_SIZE) ?? 0;
        bool hasMore = false;
        foreach (NetlinkAttribute element in description.Nest(NFTA_SET_DESC_CONCAT))
        {
            NfAttributes field = new(element.Attributes);
            uint length = field.U32(NFTA_SET_FIELD_LEN) ?? 0;
            lengths.Add((byte)length);
            hasMore |= length > byte.MaxValue || field.HasMore();
        }

        return hasMore || description.HasMore()
            ? default
            : new NfSetDescription(size, NfValue.FromBytes([.. lengths]));
    }

    public void Write(ref NetlinkWriter writer)
    {
        if (FieldLengths.IsNone)
        {
            return;
        }

        int nest = writer.BeginNest(NFTA_SET.NFTA_SET_DESC);
        int fields = writer.BeginNest(NFTA_SET_DESC_CONCAT);
        foreach (byte length in FieldLengths.ToArray())
        {
            int field = writer.BeginNest(NFTA_LIST.NFTA_LIST_ELEM);
            writer.BigEndian(NFTA_SET_FIELD_LEN, (uint)length);
            writer.EndNest(field);
        }

        writer.EndNest(fields);
        writer.EndNest(nest);
    }
}
