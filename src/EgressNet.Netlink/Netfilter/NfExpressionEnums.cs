using EgressNet.Netlink.Interop;

namespace EgressNet.Netlink.Netfilter;

/// <summary>Where an expression puts what it found, and where the next one takes it from. Four of 16 bytes each, their
/// quarters, and one for the verdict. What is longer than one goes on in the next.</summary>
public enum NfRegister : uint
{
    /// <summary>The verdict.</summary>
    Verdict = NFT_REG.NFT_REG_VERDICT,

    /// <summary>The first of 16 bytes.</summary>
    R1 = NFT_REG.NFT_REG_1,

    /// <summary>The second of 16 bytes.</summary>
    R2 = NFT_REG.NFT_REG_2,

    /// <summary>The third of 16 bytes.</summary>
    R3 = NFT_REG.NFT_REG_3,

    /// <summary>The fourth of 16 bytes.</summary>
    R4 = NFT_REG.NFT_REG_4,

    /// <summary>The second quarter of <see cref="R1"/>. The first quarter of each goes by the name of the whole.</summary>
    R1Quarter2 = NFT_REG.NFT_REG32_01,

    /// <summary>The third quarter of <see cref="R1"/>.</summary>
    R1Quarter3 = NFT_REG.NFT_REG32_02,

    /// <summary>The last quarter of <see cref="R1"/>.</summary>
    R1Quarter4 = NFT_REG.NFT_REG32_03,

    /// <summary>The second quarter of <see cref="R2"/>.</summary>
    R2Quarter2 = NFT_REG.NFT_REG32_05,

    /// <summary>The third quarter of <see cref="R2"/>.</summary>
    R2Quarter3 = NFT_REG.NFT_REG32_06,

    /// <summary>The last quarter of <see cref="R2"/>.</summary>
    R2Quarter4 = NFT_REG.NFT_REG32_07,

    /// <summary>The second quarter of <see cref="R3"/>.</summary>
    R3Quarter2 = NFT_REG.NFT_REG32_09,

    /// <summary>The third quarter of <see cref="R3"/>.</summary>
    R3Quarter3 = NFT_REG.NFT_REG32_10,

    /// <summary>The last quarter of <see cref="R3"/>.</summary>
    R3Quarter4 = NFT_REG.NFT_REG32_11,

    /// <summary>The second quarter of <see cref="R4"/>.</summary>
    R4Quarter2 = NFT_REG.NFT_REG32_13,

    /// <summary>The third quarter of <see cref="R4"/>.</summary>
    R4Quarter3 = NFT_REG.NFT_REG32_14,

    /// <summary>The last quarter of <see cref="R4"/>.</summary>
    R4Quarter4 = NFT_REG.NFT_REG32_15,
}

/// <summary>Something about a packet that is not in it.</summary>
public enum NfMetaKey : uint
{
    /// <summary>The name of the interface it came in by.</summary>
    InputInterfaceName = NFT_META.NFT_META_IIFNAME,

    /// <summary>The name of the interface it goes out by.</summary>
    OutputInterfaceName = NFT_META.NFT_META_OIFNAME,

    /// <summary>The index of the interface it came in by.</summary>
    InputInterface = NFT_META.NFT_META_IIF,

    /// <summary>The index of the interface it goes out by.</summary>
    OutputInterface = NFT_META.NFT_META_OIF,

    /// <summary>The group of the interface it came in by: a number in host order.</summary>
    InputInterfaceGroup = NFT_META.NFT_META_IIFGROUP,

    /// <summary>The group of the interface it goes out by: a number in host order.</summary>
    OutputInterfaceGroup = NFT_META.NFT_META_OIFGROUP,

    /// <summary>Its mark.</summary>
    Mark = NFT_META.NFT_META_MARK,

    /// <summary>Whether it is IPv4 or IPv6: one byte.</summary>
    Family = NFT_META.NFT_META_NFPROTO,

    /// <summary>TCP, UDP and so on: one byte.</summary>
    TransportProtocol = NFT_META.NFT_META_L4PROTO,
}

/// <summary>Something about the tracked connection of a packet: a number in host order.</summary>
public enum NfConntrackKey : uint
{
    /// <summary>Whether the packet is of a new, a known, a related connection or of none.</summary>
    State = NFT_CT.NFT_CT_STATE,

    /// <summary>What became of the connection, as <see cref="ConntrackStatus"/> has it.</summary>
    Status = NFT_CT.NFT_CT_STATUS,
}

/// <summary>From where an offset into a packet counts.</summary>
public enum NfPayloadBase : uint
{
    /// <summary>The link layer's header.</summary>
    Link = NFT_PAYLOAD.NFT_PAYLOAD_LL_HEADER,

    /// <summary>The header of IPv4 or IPv6.</summary>
    Network = NFT_PAYLOAD.NFT_PAYLOAD_NETWORK_HEADER,

    /// <summary>The header of TCP, UDP and so on.</summary>
    Transport = NFT_PAYLOAD.NFT_PAYLOAD_TRANSPORT_HEADER,
}

/// <summary>How two values are compared.</summary>
public enum NfComparison : uint
{
    /// <summary>Equal.</summary>
    Equal = NFT_CMP.NFT_CMP_EQ,

    /// <summary>Not equal.</summary>
    NotEqual = NFT_CMP.NFT_CMP_NEQ,

    /// <summary>Less, as big-endian numbers.</summary>
    Less = NFT_CMP.NFT_CMP_LT,

    /// <summary>Less or equal.</summary>
    LessOrEqual = NFT_CMP.NFT_CMP_LTE,

    /// <summary>Greater.</summary>
    Greater = NFT_CMP.NFT_CMP_GT,

    /// <summary>Greater or equal.</summary>
    GreaterOrEqual = NFT_CMP.NFT_CMP_GTE,
}

/// <summary>How ports and addresses are chosen when a connection's address is translated.</summary>
[Flags]
public enum NfNatFlags : uint
{
    /// <summary>Keep the port where it is free.</summary>
    None = 0,

    /// <summary>A port by a hash over the connection; <c>random</c> to nft.</summary>
    Random = NF_NAT_RANGE.NF_NAT_RANGE_PROTO_RANDOM,

    /// <summary>A client keeps its address of several; <c>persistent</c> to nft.</summary>
    Persistent = NF_NAT_RANGE.NF_NAT_RANGE_PERSISTENT,

    /// <summary>A port by chance; <c>fully-random</c> to nft.</summary>
    FullyRandom = NF_NAT_RANGE.NF_NAT_RANGE_PROTO_RANDOM_FULLY,
}

/// <summary>What a look-up in the routing tables is to find.</summary>
public enum NfFibResult : uint
{
    /// <summary>The interface's index.</summary>
    Interface = NFT_FIB_RESULT.NFT_FIB_RESULT_OIF,

    /// <summary>The interface's name.</summary>
    InterfaceName = NFT_FIB_RESULT.NFT_FIB_RESULT_OIFNAME,

    /// <summary>The address's type, as the numbers of <see cref="Routes.RouteType"/> in host order.</summary>
    AddressType = NFT_FIB_RESULT.NFT_FIB_RESULT_ADDRTYPE,
}

/// <summary>By what routing tables are looked up.</summary>
[Flags]
public enum NfFibKeys : uint
{
    /// <summary>The source address.</summary>
    Source = NFTA_FIB_F.NFTA_FIB_F_SADDR,

    /// <summary>The destination address.</summary>
    Destination = NFTA_FIB_F.NFTA_FIB_F_DADDR,

    /// <summary>The mark too.</summary>
    Mark = NFTA_FIB_F.NFTA_FIB_F_MARK,

    /// <summary>The input interface too.</summary>
    InputInterface = NFTA_FIB_F.NFTA_FIB_F_IIF,

    /// <summary>The output interface too.</summary>
    OutputInterface = NFTA_FIB_F.NFTA_FIB_F_OIF,

    /// <summary>Only whether there is a route.</summary>
    Present = NFTA_FIB_F.NFTA_FIB_F_PRESENT,
}
