namespace EgressNet.Nat;

/// <summary>How the source port of a translated connection is chosen.</summary>
public enum PortRandomization
{
    /// <summary>It is kept where it is free.</summary>
    None,

    /// <summary>By a hash over the connection; <c>random</c> to nft, <c>--random</c> to iptables.</summary>
    Random,

    /// <summary>By chance; <c>fully-random</c> to nft, <c>--random-fully</c> to iptables.</summary>
    FullyRandom,
}
