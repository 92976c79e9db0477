using EgressNet.Netlink.Namespaces;
using EgressNet.Nodes;
using EgressNet.Plans;
using EgressNet.Tests.Attachments;

namespace EgressNet.Tests.Killing;

/// <summary>A node with one container, made and removed at little cost.</summary>
internal sealed class KillNode : IDisposable
{
    public KillNode()
    {
        Live.Require();
        NetNamespaces.Create(Host);
        NetNamespaces.Create(Container);
        Kernel = new EgressKernel(NamespaceReference.FromName(Host));
    }

    public string Host { get; } = LiveNamespace.NewName();

    public string Container { get; } = LiveNamespace.NewName();

    public EgressKernel Kernel { get; }

    /// <summary>What an outsider sees of the node's namespace, but for forwarding, which stays on.</summary>
    public string State => Tool.Run("ip", "netns", "exec", Host, "sh", "-c", $"""
        printf '%s\n' 'link show' 'address show' 'route show table all' | ip -o -batch -; nft list ruleset
        cd {Kernel.Records.Folder} 2>/dev/null && find . -not -type d -not -name '*.lock'; true
        """);

    public void Dispose()
    {
        Node.DeleteRecords(Kernel);
        Kernel.Dispose();
        NetNamespaces.Remove(Container);
        NetNamespaces.Remove(Host);
    }
}
