using EgressNet.Attachments;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Namespaces;
using EgressNet.Netlink.Transport;
using EgressNet.Nodes;
using EgressNet.Plans;
using EgressNet.Records;
using EgressNet.Tests.Attachments;
using EgressNet.Tests.Fakes;

namespace EgressNet.Tests.Records;

public sealed class ManyRecordsTests
{
    private const string AllLinks = "18 all";
    private const int Few = 8;
    private static readonly int s_many = 10_000 / Sampling.Stride;

    [Theory, InlineData(true), InlineData(false)]
    public void Finding_one_by_id_costs_the_same_beside_thousands_of_others(bool isLive)
    {
        using Node node = new();
        node.Create(node.FullAttachment());
        if (!isLive)
        {
            node.Host.Ip($"link del {node.FullAttachment().HostInterface}");
        }

        AddOthers(node, Few);
        string[] besideFew = Questions(node);
        AddOthers(node, s_many);

        Assert.Equal(s_many + 1, node.Kernel.Records.List().Count());
        Assert.Equal(besideFew, Questions(node));
        Assert.DoesNotContain(AllLinks, besideFew);
    }

    [Fact]
    public void A_creation_costs_the_same_beside_thousands_on_its_gateway()
    {
        using Node node = new();
        Attachment attachment = node.Attachment("c1", "169.254.172.5/22");
        node.Create(attachment);
        node.Remove(attachment);
        AddOthers(node, Few);
        string[] besideFew = QuestionsOf(node, Create);
        node.Remove(attachment);
        AddOthers(node, s_many);
        Assert.Equal(besideFew, QuestionsOf(node, Create));
        Assert.DoesNotContain(AllLinks, besideFew);

        void Create(EgressKernel kernel) => new AttachmentCreation(kernel).Create(new EgressPlan(attachment));
    }

    private static void AddOthers(Node node, int count)
    {
        for (int number = 0; number < count; number++)
        {
            AttachmentRecord other = new() { Attachment = node.FullAttachment($"other{number}") };
            string path = node.Kernel.Records.PathOf(other.Attachment.Id);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, RecordFormat.Write(other));
            foreach (InetAddress gateway in other.Gateways)
            {
                node.Kernel.Records.Gateways.Add(gateway, other.Attachment.Id);
            }
        }
    }

    // Those of finding it, comparing it, and repairing it where it is there.
    private static string[] Questions(Node node) => QuestionsOf(node, kernel =>
    {
        Attachment found = Assert.Single(new AttachmentReader(kernel).Read("c1")).Attachment;
        if (new AttachmentInspection(kernel).Inspect(found).Count == 0)
        {
            Assert.Empty(new AttachmentRepair(kernel).Repair(new EgressPlan(found)));
        }
    });

    private static string[] QuestionsOf(Node node, Action<EgressKernel> work)
    {
        List<string> asked = [];
        using EgressKernel kernel = new(
            NamespaceReference.FromName(node.Host.Name),
            ns => new NetlinkConnection(new CountingTransport(FaultyTransport.Open(ns), asked)),
            ns => new NetlinkConnection(new CountingTransport(FaultyTransport.OpenNetfilter(ns, new Fault()), asked)),
            openRecords: identity => new RecordStore(identity, new CountingFiles(asked)));
        work(kernel);
        return [.. asked];
    }

    private sealed class CountingFiles(List<string> asked) : RecordFiles
    {
        protected override void Change(string path, Action change)
        {
            asked.Add($"change {path}");
            base.Change(path, change);
        }

        protected override T Ask<T>(string path, Func<T> question)
        {
            asked.Add($"ask {path}");
            return base.Ask(path, question);
        }
    }
}
