using EgressNet.Attachments;
using EgressNet.Nat;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Links;
using EgressNet.Netlink.Namespaces;
using EgressNet.Nodes;
using EgressNet.Plans;

namespace EgressNet.Tests.Attachments;

/// <summary>A node with several attachments, all of one container but of different isolation.</summary>
internal sealed class ManyNode : IDisposable
{
    private static readonly EgressIsolation[] s_isolations =
        [EgressIsolation.Containers, EgressIsolation.None, EgressIsolation.Containers, EgressIsolation.None];

    public ManyNode(int count = 4, IReadOnlyList<EgressIsolation>? isolations = null)
    {
        isolations ??= s_isolations;
        All = [.. Enumerable.Range(1, count).Select(i => new Attachment
        {
            Id = new AttachmentId("pods", $"c{i}", $"eg{i}"),
            Namespace = NamespaceReference.FromName(Node.Container.Name),
            Addresses = [Address($"10.9.{i}.5/24"), Address($"fd09:{i}::5/64")],
            Isolation = isolations[i % isolations.Count],
            Excluded = [InetPrefix.Parse("10.0.0.0/8")],
        })];
        Nothing = State;
    }

    public Node Node { get; } = new();

    public IReadOnlyList<Attachment> All { get; }

    /// <summary>What an outsider sees while none is made.</summary>
    public string Nothing { get; }

    /// <summary>What an outsider sees of the node, but for forwarding, which stays on.</summary>
    public string State => string.Join(
        '\n', Node.Host.IpBatch("link show", "route show table all"), Node.Nft("list ruleset"), Node.Records);

    /// <summary>The groups of the host ends that are left, by their names.</summary>
    public Dictionary<string, uint> Groups => Node.Kernel.Host.Links.List("veth").ToDictionary(link => link.Name, link => link.Group);

    public ManyNode Make()
    {
        foreach (Attachment each in All)
        {
            Node.Create(each);
        }

        return this;
    }

    public RemovalResult[] Remove(EgressKernel? kernel = null, Action<string>? report = null)
    {
        AttachmentRemoval removal = new(kernel ?? Node.Kernel, report);
        return [.. removal.Remove(All)];
    }

    /// <summary>Fails unless each host end that is left is in the group of its isolation.</summary>
    public void AssertHome(string where) => Assert.All(Groups, left => Assert.True(
        left.Value == EgressGroup.Of(All.Single(each => each.HostInterface == left.Key).Isolation),
        $"{left.Key} in group {left.Value}: {where}"));

    /// <summary>Removes what is left, found by its id.</summary>
    public void RemoveRest(string where)
    {
        AttachmentRemoval removal = new(Node.Kernel);
        foreach (Attachment left in All.SelectMany(each => new AttachmentReader(Node.Kernel).Read(each.Id.ContainerId))
            .Select(each => each.Attachment).ToArray())
        {
            Assert.True(removal.Remove(left), where);
        }

        removal.RemoveTableIfEmpty();
        string after = State;
        Assert.True(after == Nothing, $"{where}\n{after}");
    }

    public void Dispose() => Node.Dispose();

    private static AttachmentAddress Address(string text)
    {
        InetPrefix address = InetPrefix.Parse(text);
        InetAddress gateway = InetAddress.Parse(text.Split('/')[0][..^1] + "1");
        return new AttachmentAddress(address, gateway, new SourceNat());
    }
}
