using EgressNet.Netlink.Wire;
using static EgressNet.Netlink.Interop.NFTA_IMMEDIATE;

namespace EgressNet.Netlink.Netfilter;

/// <summary>Decides on the packet.</summary>
internal sealed record NfDecide(NfVerdict Verdict) : NfExpression
{
    protected override string Kind => "immediate";

    public static NfDecide? Read(ref NfAttributes data) =>
        data.Has(NFTA_IMMEDIATE_DREG) && NfVerdict.Read(data.Nest(NFTA_IMMEDIATE_DATA)) is { } verdict
            ? new NfDecide(verdict)
            : null;

    protected override void WriteData(ref NetlinkWriter writer)
    {
        writer.BigEndian(NFTA_IMMEDIATE_DREG, (uint)NfRegister.Verdict);
        Verdict.Write(ref writer, NFTA_IMMEDIATE_DATA);
    }
}
