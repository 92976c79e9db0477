using EgressNet.Netlink.Inet;

namespace EgressNet.Nat;

/// <summary>How the source address of a container's packets is translated when they leave the node.</summary>
/// <param name="NodeAddress">The address that they get, of the same family; none for that of the interface that they
/// leave by (masquerade).</param>
/// <param name="Ports">How their port is chosen.</param>
public sealed record SourceNat(InetAddress NodeAddress = default, PortRandomization Ports = PortRandomization.None)
{
    /// <summary>Whether the address is that of the outgoing interface.</summary>
    public bool IsMasquerade => NodeAddress.IsNone;

    /// <summary>The translation in the syntax of nft.</summary>
    /// <returns>Such as <c>snat to 192.0.2.1 random</c> or <c>masquerade</c>.</returns>
    public override string ToString() => (IsMasquerade ? "masquerade" : $"snat to {NodeAddress}") + Ports switch
    {
        PortRandomization.Random => " random",
        PortRandomization.FullyRandom => " fully-random",
        _ => "",
    };
}
