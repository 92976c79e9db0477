using EgressNet.Netlink.Wire;

namespace EgressNet.Netlink.Netfilter;

/// <summary>One step of a rule.</summary>
public abstract record NfExpression
{
    private protected NfExpression()
    {
    }
}

/// <summary>Loads something about a packet that is not in it.</summary>
/// <param name="Key">What.</param>
/// <param name="To">Where it goes.</param>
public sealed record NfMeta(NfMetaKey Key, NfRegister To = NfRegister.R1) : NfExpression;

/// <summary>Loads something about the tracked connection of a packet; ends the rule for a packet that has none.
/// </summary>
/// <param name="Key">What.</param>
/// <param name="To">Where it goes.</param>
public sealed record NfConntrack(NfConntrackKey Key, NfRegister To = NfRegister.R1) : NfExpression;

/// <summary>Loads bytes of a packet.</summary>
/// <param name="Base">From where the offset counts.</param>
/// <param name="Offset">How far, in bytes.</param>
/// <param name="Length">How many bytes.</param>
/// <param name="To">Where they go.</param>
public sealed record NfPayload(
    NfPayloadBase Base, uint Offset, uint Length, NfRegister To = NfRegister.R1) : NfExpression;

/// <summary>Ends the rule unless a comparison holds.</summary>
/// <param name="Comparison">How to compare.</param>
/// <param name="With">With what.</param>
/// <param name="From">What is compared.</param>
public sealed record NfCompare(NfComparison Comparison, NfValue With, NfRegister From = NfRegister.R1) : NfExpression;

/// <summary>Masks and flips bits.</summary>
/// <param name="Mask">The bits that stay.</param>
/// <param name="Flip">The bits that are flipped then, as many bytes.</param>
/// <param name="From">What is masked.</param>
/// <param name="To">Where it goes.</param>
public sealed record NfBitwise(
    NfValue Mask, NfValue Flip, NfRegister From = NfRegister.R1, NfRegister To = NfRegister.R1) : NfExpression;

/// <summary>Ends the rule unless a key is in a set; of a map, loads what it leads to.</summary>
/// <param name="Set">The set's name.</param>
/// <param name="To">Where a map's value goes, the verdict's register for a map of verdicts; null for a set.</param>
/// <param name="From">The key.</param>
/// <param name="IsInverted">Ends the rule if it is there.</param>
/// <param name="SetId">The number given to the set in this same transaction; 0 finds it by name.</param>
public sealed record NfLookup(
    string Set, NfRegister? To = null, NfRegister From = NfRegister.R1, bool IsInverted = false, uint SetId = 0)
    : NfExpression;

/// <summary>Loads a value.</summary>
/// <param name="Value">The value.</param>
/// <param name="To">Where it goes.</param>
public sealed record NfImmediate(NfValue Value, NfRegister To = NfRegister.R1) : NfExpression;

/// <summary>Decides on the packet.</summary>
/// <param name="Verdict">The verdict.</param>
public sealed record NfDecide(NfVerdict Verdict) : NfExpression;

/// <summary>Translates the source address, or with <see cref="IsDestination"/> that of the destination.</summary>
/// <param name="Family">The family of the address.</param>
/// <param name="Flags">How the port is chosen.</param>
/// <param name="AddressFrom">Where the new address is; null keeps the address.</param>
public sealed record NfNat(NfFamily Family, NfNatFlags Flags = 0, NfRegister? AddressFrom = NfRegister.R1)
    : NfExpression
{
    /// <summary>Whether the destination is translated.</summary>
    public bool IsDestination { get; init; }

    /// <summary>Where the last of a range of addresses is; null for one address.</summary>
    public NfRegister? LastAddressFrom { get; init; }

    /// <summary>Where the new port is; null keeps or chooses it.</summary>
    public NfRegister? PortFrom { get; init; }

    /// <summary>Where the last of a range of ports is; null for one port.</summary>
    public NfRegister? LastPortFrom { get; init; }
}

/// <summary>Translates the source to the address of the interface that the packet goes out by.</summary>
/// <param name="Flags">How the port is chosen.</param>
public sealed record NfMasquerade(NfNatFlags Flags = 0) : NfExpression;

/// <summary>Looks an address up in the routing tables.</summary>
/// <param name="Result">What to find.</param>
/// <param name="Keys">By what.</param>
/// <param name="To">Where it goes.</param>
public sealed record NfFib(NfFibResult Result, NfFibKeys Keys, NfRegister To = NfRegister.R1) : NfExpression;

/// <summary>Counts packets and bytes.</summary>
/// <param name="Packets">Packets so far.</param>
/// <param name="Bytes">Bytes so far.</param>
public sealed record NfCounter(ulong Packets = 0, ulong Bytes = 0) : NfExpression;

/// <summary>Ends the rule unless an extension of iptables matches, as <c>iptables-nft</c> writes it.</summary>
/// <param name="Name">The extension's name, such as <c>conntrack</c>.</param>
/// <param name="Revision">Which form of its bytes.</param>
/// <param name="Info">What to match, as the extension's structure.</param>
public sealed record NfExtension(string Name, uint Revision, NfValue Info) : NfExpression;

/// <summary>An expression that is not modelled, or one that holds what is not, byte for byte.</summary>
/// <param name="Name">The kernel's name for it.</param>
/// <param name="Data">Its attributes.</param>
public sealed record NfOtherExpression(string Name, RawAttributes? Data) : NfExpression;
