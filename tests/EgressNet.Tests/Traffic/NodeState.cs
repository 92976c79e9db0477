namespace EgressNet.Tests.Traffic;

/// <summary>What an outsider sees of a node.</summary>
internal static class NodeState
{
    /// <summary>Links, addresses, routes, rules and the packet filter.</summary>
    public static string Of(LiveNamespace node) => string.Join(
        '\n',
        node.Ip("-d link show"),
        node.Ip("-o address show"),
        node.Ip("-d route show table all"),
        node.Ip("-6 -d route show table all"),
        node.Ip("rule show"),
        node.Ip("-6 rule show"),
        node.Exec("nft", "list", "ruleset"));
}
