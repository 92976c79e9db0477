using EgressNet.Netlink.Interop;

namespace EgressNet.Netlink.Netfilter;

/// <summary>Where an expression puts what it found, and where the next one takes it from: four registers of 16
/// bytes, each of four quarters, and one for the verdict. What is longer than one goes on in the next.</summary>
internal enum NfRegister : uint
{
    Verdict = NFT_REG.NFT_REG_VERDICT,
    R1 = NFT_REG.NFT_REG_1,
    R2 = NFT_REG.NFT_REG_2,
    R1Quarter2 = NFT_REG.NFT_REG32_01,
}
