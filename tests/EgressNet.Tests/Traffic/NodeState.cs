namespace EgressNet.Tests.Traffic;

/// <summary>What an outsider sees of a node.</summary>
internal static class NodeState
{
    /// <summary>Links, addresses, routes, rules and the packet filter.</summary>
    public static string Of(LiveNamespace node) => string.Join(
        '\n',
        node.IpBatch("address show", "route show table all", "rule show"),
        node.Ip("-6 rule show"),
        node.Exec("nft", "list", "ruleset"));
}
