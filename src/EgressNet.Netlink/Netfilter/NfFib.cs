using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Wire;
using static EgressNet.Netlink.Interop.NFTA_FIB;

namespace EgressNet.Netlink.Netfilter;

/// <summary>The result of a fib look-up.</summary>
internal enum NfFibResult : uint
{
    Interface = NFT_FIB_RESULT.NFT_FIB_RESULT_OIF,
}

/// <summary>The keys of a fib look-up.</summary>
[Flags]
internal enum NfFibKeys : uint
{
    Source = NFTA_FIB_F.NFTA_FIB_F_SADDR,
    InputInterface = NFTA_FIB_F.NFTA_FIB_F_IIF,

    /// <summary>Only whether there is a route.</summary>
    Present = NFTA_FIB_F.NFTA_FIB_F_PRESENT,
}

/// <summary>Looks an address up in the routing tables.</summary>
internal sealed record NfFib(NfFibResult Result, NfFibKeys Keys, NfRegister To = NfRegister.R1) : NfExpression
{
    protected override string Kind => "fib";

    public static NfFib? Read(ref NfAttributes data) =>
        data.U32(NFTA_FIB_RESULT) is { } result && data.U32(NFTA_FIB_FLAGS) is { } keys
        && data.U32(NFTA_FIB_DREG) is { } to
            ? new NfFib((NfFibResult)result, (NfFibKeys)keys, (NfRegister)to)
            : null;

    protected override void WriteData(ref NetlinkWriter writer)
    {
        writer.BigEndian(NFTA_FIB_FLAGS, (uint)Keys);
        writer.BigEndian(NFTA_FIB_RESULT, (uint)Result);
        writer.BigEndian(NFTA_FIB_DREG, (uint)To);
    }
}
