using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Wire;
using static EgressNet.Netlink.Interop.NFTA_LOOKUP;

namespace EgressNet.Netlink.Netfilter;

/// <summary>The lookup expression: matches when a key is in a set; for a map, loads the key's value.</summary>
/// <param name="Set">The set's name.</param>
/// <param name="To">Where a map's value goes, the verdict's register for a map of verdicts; null for a set.</param>
/// <param name="From">The key.</param>
/// <param name="IsInverted">Ends the rule if the key is there.</param>
internal sealed record NfLookup(
    string Set, NfRegister? To = null, NfRegister From = NfRegister.R1, bool IsInverted = false) : NfExpression
{
    protected override string Kind => "lookup";

    public static NfLookup? Read(ref NfAttributes data) =>
        data.Text(NFTA_LOOKUP_SET) is { } set && data.U32(NFTA_LOOKUP_SREG) is { } from
            ? new NfLookup(
                set,
                (NfRegister?)data.U32(NFTA_LOOKUP_DREG),
                (NfRegister)from,
                (data.U32(NFTA_LOOKUP_FLAGS) & (uint)NFT_LOOKUP_F.NFT_LOOKUP_F_INV) > 0)
            : null;

    protected override void WriteData(ref NetlinkWriter writer)
    {
        writer.BigEndian(NFTA_LOOKUP_SREG, (uint)From);
        if (To is { } register)
        {
            writer.BigEndian(NFTA_LOOKUP_DREG, (uint)register);
        }

        writer.Text(NFTA_LOOKUP_SET, Set);
        writer.UnlessZero(NFTA_LOOKUP_FLAGS, IsInverted ? (uint)NFT_LOOKUP_F.NFT_LOOKUP_F_INV : 0);
    }
}
