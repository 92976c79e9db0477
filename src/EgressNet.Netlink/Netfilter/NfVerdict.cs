using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Wire;
using static EgressNet.Netlink.Interop.NFTA_DATA;
using static EgressNet.Netlink.Interop.NFTA_VERDICT;

namespace EgressNet.Netlink.Netfilter;

/// <summary>The kind of a verdict; other numbers are kept as read.</summary>
internal enum NfVerdictKind
{
    Drop = (int)NF.NF_DROP,
    Accept = (int)NF.NF_ACCEPT,

    /// <summary>Continues in another chain and returns.</summary>
    Jump = NFT_VERDICT.NFT_JUMP,

    /// <summary>Continues in another chain without returning.</summary>
    Goto = NFT_VERDICT.NFT_GOTO,

    /// <summary>Returns to the calling chain; in a base chain, to its policy.</summary>
    Return = NFT_VERDICT.NFT_RETURN,
}

/// <summary>A verdict about a packet.</summary>
/// <param name="Kind">What to do.</param>
/// <param name="Chain">The chain, of a jump or goto alone.</param>
internal sealed record NfVerdict(NfVerdictKind Kind, string? Chain = null)
{
    public static NfVerdict Drop { get; } = new(NfVerdictKind.Drop);

    public static NfVerdict Accept { get; } = new(NfVerdictKind.Accept);

    public static NfVerdict Return { get; } = new(NfVerdictKind.Return);

    /// <returns>Null for data that is a value.</returns>
    public static NfVerdict? Read(AttributeReader data)
    {
        NfAttributes outer = new(data);
        NfAttributes verdict = new(outer.Nest(NFTA_DATA_VERDICT));
        return verdict.U32(NFTA_VERDICT_CODE) is { } code
            ? new NfVerdict((NfVerdictKind)code, verdict.Text(NFTA_VERDICT_CHAIN))
            : null;
    }

    public void Write<TType>(ref NetlinkWriter writer, TType type) where TType : unmanaged, Enum
    {
        int nest = writer.BeginNest(type);
        int verdict = writer.BeginNest(NFTA_DATA_VERDICT);
        writer.BigEndian(NFTA_VERDICT_CODE, (uint)Kind);
        if (Chain is { } chain)
        {
            writer.Text(NFTA_VERDICT_CHAIN, chain);
        }

        writer.EndNest(verdict);
        writer.EndNest(nest);
    }
}
