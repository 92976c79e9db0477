using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Wire;
using static EgressNet.Netlink.Interop.NFTA_TABLE;

namespace EgressNet.Netlink.Netfilter;

/// <summary>A table: the room that chains and sets live in.</summary>
internal sealed record NfTable
{
    // NFT_TABLE_F_DORMANT
    private const uint Dormant = 1;

    public NfFamily Family { get; init; } = NfFamily.Inet;

    public required string Name { get; init; }

    /// <summary>Whether its chains are not in effect.</summary>
    public bool IsDormant { get; init; }

    public NfUserData? UserData { get; init; }

    public static bool TryRead(in NetlinkMessage message, out NfTable table)
    {
        NfAttributes attributes = new(message.Attributes<nfgenmsg>());
        table = new NfTable
        {
            Family = (NfFamily)message.Header<nfgenmsg>().nfgen_family,
            Name = attributes.Text(NFTA_TABLE_NAME) ?? "",
            IsDormant = (attributes.U32(NFTA_TABLE_FLAGS) & Dormant) > 0,
            UserData = attributes.UserData(NFTA_TABLE_USERDATA),
        };
        return message.Type == (ushort)NfMessageType.NewTable;
    }

    public void Write(ref NetlinkWriter writer)
    {
        WriteName(ref writer);
        writer.BigEndian(NFTA_TABLE_FLAGS, IsDormant ? Dormant : 0);
        writer.UserData(NFTA_TABLE_USERDATA, UserData);
    }

    public void WriteName(ref NetlinkWriter writer)
    {
        writer.NfHeader(Family);
        writer.Text(NFTA_TABLE_NAME, Name);
    }
}
