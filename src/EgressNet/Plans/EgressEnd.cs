using EgressNet.Netlink.Namespaces;

namespace EgressNet.Plans;

/// <summary>One end of an attachment's pair, as it is to be.</summary>
/// <param name="Namespace">The container's namespace; null for the node's.</param>
internal sealed record EgressEnd(EgressSide Side, string Name, NamespaceReference? Namespace)
{
    /// <summary>Its namespace as the end of a sentence; empty for the node's.</summary>
    public string In => Namespace is null ? "" : $" in {Namespace}";

    /// <summary>The end in the syntax of <c>ip</c>.</summary>
    /// <returns>Such as <c>dev eg0 in c1</c>.</returns>
    public override string ToString() => $"dev {Name}{In}";
}
