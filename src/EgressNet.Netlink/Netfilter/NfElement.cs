using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Wire;
using static EgressNet.Netlink.Interop.NFT_SET_ELEM;
using static EgressNet.Netlink.Interop.NFTA_SET_ELEM;
using static EgressNet.Netlink.Interop.NFTA_SET_ELEM_LIST;

namespace EgressNet.Netlink.Netfilter;

/// <summary>One element of a set or a map.</summary>
internal sealed record NfElement
{
    public NfValue Key { get; init; }

    /// <summary>Of a range of keys of several fields, the last of each field, in a row; none for a single key.</summary>
    public NfValue KeyEnd { get; init; }

    /// <summary>Of a map from keys to values, its value.</summary>
    public NfValue Value { get; init; }

    /// <summary>Of a map from keys to verdicts, its verdict, as read.</summary>
    public NfVerdict? Verdict { get; init; }

    /// <summary>Whether this is the first key behind a range that an element before it starts.</summary>
    public bool IsIntervalEnd { get; init; }

    /// <summary>Whether this stands for every key that is not there.</summary>
    public bool IsCatchAll { get; init; }

    /// <summary>Bytes kept with it, such as a comment or an owner's tag.</summary>
    public NfUserData? UserData { get; init; }

    /// <summary>Whether it has attributes that no property models, such as a limit.</summary>
    public bool HasMore { get; init; }

    /// <summary>The element for a pair, in a set of <see cref="NfSet.AddressPairs"/>.</summary>
    /// <param name="source">The source address.</param>
    /// <param name="destination">The destination prefix, host bits ignored.</param>
    /// <returns>The source with the first address, and as key end the source with the last.</returns>
    /// <exception cref="ArgumentException">They are of two families, or none.</exception>
    public static NfElement OfPair(InetAddress source, InetPrefix destination) => new()
    {
        Key = NfValue.OfPair(source, destination.Network.Address),
        KeyEnd = NfValue.OfPair(source, destination.Address.Fill(destination.Length)),
    };

    public static bool TryRead(in NetlinkMessage message, out IReadOnlyList<NfElement> elements)
    {
        List<NfElement> read = [];
        NfAttributes attributes = new(message.Attributes<nfgenmsg>());
        foreach (NetlinkAttribute element in attributes.Nest(NFTA_SET_ELEM_LIST_ELEMENTS))
        {
            read.Add(Read(new NfAttributes(element.Attributes)));
        }

        elements = read;
        return message.Type == (ushort)NfMessageType.NewElement;
    }

    public static void WriteSet(ref NetlinkWriter writer, NfSet set)
    {
        writer.NfHeader(set.Family);
        writer.Text(NFTA_SET_ELEM_LIST_TABLE, set.Table);
        writer.Text(NFTA_SET_ELEM_LIST_SET, set.Name);
    }

    /// <param name="writer">Where to.</param>
    /// <param name="isKeyOnly">Only what the kernel finds them by.</param>
    public static void Write(
        ref NetlinkWriter writer, NfSet set, IEnumerable<NfElement> elements, bool isKeyOnly = false)
    {
        WriteSet(ref writer, set);
        int list = writer.BeginNest(NFTA_SET_ELEM_LIST_ELEMENTS);
        foreach (NfElement element in elements)
        {
            int nest = writer.BeginNest(NFTA_LIST.NFTA_LIST_ELEM);
            element.WriteKey(ref writer);
            if (!isKeyOnly)
            {
                WriteIfAny(ref writer, NFTA_SET_ELEM_DATA, element.Value);
                writer.UserData(NFTA_SET_ELEM_USERDATA, element.UserData);
            }

            writer.EndNest(nest);
        }

        writer.EndNest(list);
    }

    private static NfElement Read(NfAttributes attributes)
    {
        NFT_SET_ELEM flags = (NFT_SET_ELEM)(attributes.U32(NFTA_SET_ELEM_FLAGS) ?? 0);
        NfElement element = new()
        {
            Key = attributes.Value(NFTA_SET_ELEM_KEY),
            KeyEnd = attributes.Value(NFTA_SET_ELEM_KEY_END),
            Value = attributes.Value(NFTA_SET_ELEM_DATA),
            Verdict = NfVerdict.Read(attributes.Nest(NFTA_SET_ELEM_DATA)),
            IsIntervalEnd = flags.HasFlag(NFT_SET_ELEM_INTERVAL_END),
            IsCatchAll = flags.HasFlag(NFT_SET_ELEM_CATCHALL),
            UserData = attributes.UserData(NFTA_SET_ELEM_USERDATA),
        };
        attributes.Has(NFTA_SET_ELEM_TIMEOUT);
        attributes.Has(NFTA_SET_ELEM_EXPIRATION);
        attributes.Has(NFTA_SET_ELEM_PAD);
        return attributes.HasMore() ? element with { HasMore = true } : element;
    }

    private void WriteKey(ref NetlinkWriter writer)
    {
        NFT_SET_ELEM end = IsIntervalEnd ? NFT_SET_ELEM_INTERVAL_END : 0;
        NFT_SET_ELEM all = IsCatchAll ? NFT_SET_ELEM_CATCHALL : 0;
        writer.UnlessZero(NFTA_SET_ELEM_FLAGS, (uint)(end | all));
        WriteIfAny(ref writer, NFTA_SET_ELEM_KEY, Key);
        WriteIfAny(ref writer, NFTA_SET_ELEM_KEY_END, KeyEnd);
    }

    private static void WriteIfAny(ref NetlinkWriter writer, NFTA_SET_ELEM type, NfValue value)
    {
        if (!value.IsNone)
        {
            writer.Value(type, value);
        }
    }
}
