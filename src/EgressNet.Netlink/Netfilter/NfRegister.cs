using EgressNet.Netlink.Interop;

namespace EgressNet.Netlink.Netfilter;

/// <summary>The registers that expressions load to and compare from: four of 16 bytes, each of four quarters, and one for the
/// verdict. A longer value continues in the next register.</summary>
internal enum NfRegister : uint
{
    Verdict = NFT_REG.NFT_REG_VERDICT,
    R1 = NFT_REG.NFT_REG_1,
    R2 = NFT_REG.NFT_REG_2,
    R1Quarter2 = NFT_REG.NFT_REG32_01,
}
