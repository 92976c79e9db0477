using EgressNet.Attachments;
using EgressNet.Nat;
using EgressNet.Plans;
using EgressNet.Tests.Attachments;

namespace EgressNet.Tests.Nat;

/// <summary>What somebody else put into our table goes with a word.</summary>
public sealed class OthersInTableTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void It_is_told_where_the_table_is_repaired_or_deleted(bool isRepaired)
    {
        using Node node = new();
        List<string> warnings = [];
        node.Kernel.Warn = warnings.Add;
        Attachment attachment = node.FullAttachment();
        node.Create(attachment);
        node.Nft("add chain inet egressnet mine");
        node.Nft("add set inet egressnet own { type ipv4_addr ; }");
        if (isRepaired)
        {
            new AttachmentRepair(node.Kernel).Repair(new EgressPlan(attachment));
            Assert.Equal(NatTableState.Intact, new NatTable(node.Kernel.Netfilter).State);
        }
        else
        {
            node.Remove(attachment);
            Assert.Equal("", node.Nft("list ruleset"));
        }

        Assert.EndsWith("goes: chain mine, set own.", Assert.Single(warnings));
    }

    [Fact]
    public void Of_a_table_that_is_ours_alone_nothing_is_said()
    {
        using Node node = new();
        node.Kernel.Warn = warning => Assert.Fail(warning);
        Attachment attachment = node.FullAttachment();
        node.Create(attachment);
        node.Nft("flush chain inet egressnet forward");
        new AttachmentRepair(node.Kernel).Repair(new EgressPlan(attachment));
        Assert.True(node.Remove(attachment));
    }
}
