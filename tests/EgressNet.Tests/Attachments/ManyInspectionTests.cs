using EgressNet.Attachments;
using EgressNet.Netlink.Namespaces;
using EgressNet.Netlink.Transport;
using EgressNet.Nodes;
using EgressNet.Plans;
using EgressNet.Tests.Fakes;

namespace EgressNet.Tests.Attachments;

/// <summary>One inspection of many attachments.</summary>
public sealed class ManyInspectionTests
{
    private const string Rules = "2567", AllRoutes = "26 all", AllLinks = "18 all";

    [Fact]
    public void Foreign_tables_are_read_once_and_the_node_s_lists_never()
    {
        using ManyNode many = new ManyNode().Make();
        many.Node.Nft("add table inet other");
        many.Node.Nft("add chain inet other forward { type filter hook forward priority 0 ; }");
        List<string> filter = [], host = [];
        NamespaceReference node = NamespaceReference.FromName(many.Node.Host.Name);
        using EgressKernel kernel = new(
            node,
            ns => new NetlinkConnection(new CountingTransport(FaultyTransport.Open(ns), ns == node ? host : [])),
            ns => new NetlinkConnection(new CountingTransport(FaultyTransport.OpenNetfilter(ns, new Fault()), filter)));
        AttachmentInspection inspection = new(kernel);
        Assert.Empty(inspection.Inspect(many.All[0]));
        int rules = filter.Count(each => each == Rules);
        host.Clear();
        Assert.Empty(inspection.Inspect(many.All[0]));
        int hostQuestions = host.Count;
        foreach (Attachment each in many.All.Skip(1))
        {
            host.Clear();
            Assert.Empty(inspection.Inspect(each));
            Assert.Equal(hostQuestions, host.Count);
        }

        Assert.Equal(rules, filter.Count(each => each == Rules));
        Assert.Empty(host.Intersect([AllRoutes, AllLinks]));
    }

    [Fact]
    public void What_somebody_does_to_the_table_meanwhile_is_seen()
    {
        using ManyNode many = new ManyNode().Make();
        AttachmentInspection inspection = new(many.Node.Kernel);
        Assert.Empty(inspection.Inspect(many.All[0]));
        many.Node.Nft("delete element inet egressnet exclude4 { 10.9.2.5 . 10.0.0.0/8 }");
        Assert.Equal(EgressFindingKind.NatExclusion, Assert.Single(inspection.Inspect(many.All[1])).Kind);
        many.Node.Nft("flush chain inet egressnet forward");
        Assert.Equal(EgressFindingKind.NatTable, Assert.Single(inspection.Inspect(many.All[2])).Kind);
        new AttachmentRepair(many.Node.Kernel).Repair(new EgressPlan(many.All[2]));
        Assert.Empty(inspection.Inspect(many.All[3]));
    }

    [Fact]
    public void A_route_of_ours_behind_somebody_else_s_better_one_is_right()
    {
        using ManyNode many = new ManyNode(1).Make();
        many.Node.Host.Ip("link add other type bridge");
        many.Node.Host.Ip("link set other up");
        many.Node.Host.Ip("-6 route add fd09:1::5 dev other metric 5");
        Assert.Empty(new AttachmentInspection(many.Node.Kernel).Inspect(many.All[0]));
        many.Node.Host.Ip($"-6 route del fd09:1::5 dev {many.All[0].HostInterface}");
        EgressFinding finding = Assert.Single(new AttachmentInspection(many.Node.Kernel).Inspect(many.All[0]));
        Assert.Equal(EgressFindingKind.HostRoute, finding.Kind);
        Assert.Contains("metric 5", finding.Actual);
    }
}
