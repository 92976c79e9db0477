using EgressNet.Netlink.Netfilter;

namespace EgressNet.Nat;

/// <summary>A chain of another program that drops what the node forwards for a container.</summary>
/// <param name="To">The chain to which a rule that accepts is best added: Docker leaves one for that.</param>
/// <param name="IsCertain">Whether it drops in any case; false where it has rules that may accept, such as by a mark.</param>
internal sealed record ForwardDrop(NfChain Chain, string To, bool IsCertain = true)
{
    private static readonly string[] s_iptables = ["filter", "mangle", "raw", "security"];

    /// <summary>The chain's name.</summary>
    public string Name => $"{Words(Chain.Family)} {Chain.Table} {Chain.Name}";

    /// <summary>The commands that add an exception to the chain.</summary>
    public string Remedy => string.Join("; ", IsOfIPTables ? IPTables : Nft);

    // iptables-nft cannot read its own tables any more once nft has added such a rule.
    private bool IsOfIPTables => Chain.Family != NfFamily.Inet && s_iptables.Contains(Chain.Table)
        && Chain.Name is "PREROUTING" or "FORWARD" or "POSTROUTING";

    // Before its route is looked up a packet has no interface to leave by, and the group of one that it came in by is
    // nothing to iptables once it leaves.
    private IEnumerable<string> IPTables => ((string[])
    [
        Chain.Hook == NfHook.PostRouting ? "-m conntrack --ctdir ORIGINAL" : $"-m devgroup --src-group {GroupOfIPTables}",
        Chain.Hook == NfHook.PreRouting
            ? "-m conntrack --ctstate ESTABLISHED,RELATED"
            : $"-m devgroup --dst-group {GroupOfIPTables}",
    ]).Select(match => $"{(Chain.Family == NfFamily.IPv4 ? "iptables" : "ip6tables")} "
        + $"{(Chain.Table == "filter" ? "" : $"-t {Chain.Table} ")}-I {To} {match} -j ACCEPT");

    private IEnumerable<string> Nft => ((string[])
    [
        $"meta iifgroup {GroupOfNft}",
        Chain.Hook == NfHook.PreRouting ? "ct state established,related" : $"meta oifgroup {GroupOfNft}",
    ]).Select(match => $"nft insert rule {Words(Chain.Family)} {Chain.Table} {To} {match} accept");

    private static string GroupOfIPTables => $"0x{EgressGroup.Marked:x}/0x{EgressGroup.Mask:x}";

    private static string GroupOfNft => $"and 0x{EgressGroup.Mask:x} == {EgressGroup.Marked}";

    private static string Words(NfFamily family) => family switch
    {
        NfFamily.IPv4 => "ip",
        NfFamily.IPv6 => "ip6",
        _ => "inet",
    };

    /// <summary>The chain, and the commands that add an exception to it.</summary>
    /// <returns>A sentence.</returns>
    public override string ToString() => $"Chain '{Name}' {(IsCertain ? "drops" : "may drop")} what the node forwards for "
        + $"the container, unless it has rules that accept it: {Remedy}";
}
