using EgressNet.Netlink.Netfilter;

namespace EgressNet.Nat;

/// <summary>Somebody else's chain that drops what the node forwards for a container.</summary>
/// <param name="Chain">The chain.</param>
/// <param name="To">The chain to which a rule that accepts is best added: Docker leaves one for that.</param>
public sealed record ForwardDrop(NfChain Chain, string To)
{
    /// <summary>Which chain it is.</summary>
    public string Name => $"{Words(Chain.Family)} {Chain.Table} {Chain.Name}";

    /// <summary>What to add there, as commands.</summary>
    public string Remedy => IsOfIPTables
        ? string.Join("; ", ((string[])["src", "dst"]).Select(end =>
            $"{(Chain.Family == NfFamily.IPv4 ? "iptables" : "ip6tables")} -I {To} -m devgroup "
            + $"--{end}-group 0x{EgressGroup.Marked:x}/0x{EgressGroup.Mask:x} -j ACCEPT"))
        : string.Join("; ", ((string[])["iifgroup", "oifgroup"]).Select(group =>
            $"nft insert rule {Words(Chain.Family)} {Chain.Table} {To} meta {group} and 0x{EgressGroup.Mask:x} == "
            + $"{EgressGroup.Marked} accept"));

    // iptables-nft cannot read its own tables any more once nft has added such a rule.
    private bool IsOfIPTables => Chain is { Table: "filter", Name: "FORWARD", Family: not NfFamily.Inet };

    private static string Words(NfFamily family) => family switch
    {
        NfFamily.IPv4 => "ip",
        NfFamily.IPv6 => "ip6",
        _ => "inet",
    };

    /// <summary>The chain and what to add there.</summary>
    /// <returns>A sentence.</returns>
    public override string ToString() =>
        $"Chain '{Name}' drops what the node forwards for the container, unless it has rules that accept it: {Remedy}";
}
