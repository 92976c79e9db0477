using EgressNet.Netlink.Interop;

namespace EgressNet.Netlink.Netfilter;

/// <summary>What a verdict does.</summary>
public enum NfVerdictKind
{
    /// <summary>Drop the packet.</summary>
    Drop = (int)NF.NF_DROP,

    /// <summary>Let it pass this hook's chain.</summary>
    Accept = (int)NF.NF_ACCEPT,

    /// <summary>Go on with the next rule.</summary>
    Continue = NFT_VERDICT.NFT_CONTINUE,

    /// <summary>End this rule.</summary>
    Break = NFT_VERDICT.NFT_BREAK,

    /// <summary>Go through another chain and come back.</summary>
    Jump = NFT_VERDICT.NFT_JUMP,

    /// <summary>Go through another chain and do not come back.</summary>
    Goto = NFT_VERDICT.NFT_GOTO,

    /// <summary>Go back to the chain that jumped here.</summary>
    Return = NFT_VERDICT.NFT_RETURN,
}

/// <summary>What becomes of a packet.</summary>
/// <param name="Kind">What to do; numbers unknown here are kept.</param>
/// <param name="Chain">The chain, of a jump or goto alone.</param>
public sealed record NfVerdict(NfVerdictKind Kind, string? Chain = null)
{
    /// <summary>Drop the packet.</summary>
    public static NfVerdict Drop { get; } = new(NfVerdictKind.Drop);

    /// <summary>Let it pass.</summary>
    public static NfVerdict Accept { get; } = new(NfVerdictKind.Accept);

    /// <summary>Go back to the chain that jumped here; in a base chain, apply its policy.</summary>
    public static NfVerdict Return { get; } = new(NfVerdictKind.Return);

    /// <summary>Go through another chain and come back.</summary>
    /// <param name="chain">The chain.</param>
    /// <returns>The verdict.</returns>
    public static NfVerdict Jump(string chain) => new(NfVerdictKind.Jump, chain);

    /// <summary>Go through another chain and do not come back.</summary>
    /// <param name="chain">The chain.</param>
    /// <returns>The verdict.</returns>
    public static NfVerdict Goto(string chain) => new(NfVerdictKind.Goto, chain);

    /// <summary>The verdict in nft's words.</summary>
    /// <returns>Such as <c>accept</c> or <c>jump other</c>.</returns>
    public override string ToString() =>
        Chain is null ? Kind.ToString().ToLowerInvariant() : $"{Kind.ToString().ToLowerInvariant()} {Chain}";
}
