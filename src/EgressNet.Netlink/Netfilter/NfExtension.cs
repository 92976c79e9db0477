using EgressNet.Netlink.Wire;
using static EgressNet.Netlink.Interop.NFTA_MATCH;

namespace EgressNet.Netlink.Netfilter;

/// <summary>Ends the rule unless an extension of iptables matches, as <c>iptables-nft</c> writes it.</summary>
/// <param name="Name">The extension's name, such as <c>conntrack</c>.</param>
/// <param name="Revision">Which form of its bytes.</param>
/// <param name="Info">What to match, as the extension's structure.</param>
internal sealed record NfExtension(string Name, uint Revision, NfValue Info) : NfExpression
{
    protected override string Kind => "match";

    public static NfExtension? Read(ref NfAttributes data) =>
        data.Text(NFTA_MATCH_NAME) is { } name && data.U32(NFTA_MATCH_REV) is { } revision
            ? new NfExtension(name, revision, data.Bytes(NFTA_MATCH_INFO))
            : null;

    protected override void WriteData(ref NetlinkWriter writer)
    {
        writer.Text(NFTA_MATCH_NAME, Name);
        writer.BigEndian(NFTA_MATCH_REV, Revision);
        writer.Bytes(NFTA_MATCH_INFO, Info);
    }
}
