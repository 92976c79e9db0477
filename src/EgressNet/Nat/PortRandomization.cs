namespace EgressNet.Nat;

/// <summary>How the source port of a translated connection is chosen.</summary>
public enum PortRandomization
{
    /// <summary>It is kept where it is free.</summary>
    None,

    /// <summary>By a hash over the connection: <c>random</c> in nft, <c>--random</c> in iptables.</summary>
    Random,

    /// <summary>By a random number: <c>fully-random</c> in nft, <c>--random-fully</c> in iptables.</summary>
    FullyRandom,
}
