using EgressNet.Attachments;
using EgressNet.Nat;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Namespaces;
using EgressNet.Nodes;
using EgressNet.Plans;
using EgressNet.Records;
using EgressNet.Tests.Attachments;

namespace EgressNet.Tests.Nat;

/// <summary>A table that nft saved and restored: of what stands with an element only the comment is left.</summary>
public sealed class RestoredTableTests
{
    // Longer than a comment may be to nft.
    private const string LongId = "c0123456789012345678901234567890123456789012345678901234567890123456789"
        + "012345678901234567890123456789012345678901234567890123456789";

    [Theory]
    [InlineData(false, "c1")]
    [InlineData(true, "c1")]
    [InlineData(true, LongId)]
    public void A_table_that_nft_saved_and_restored_is_whole(bool excludes, string id)
    {
        Live.RequireTool("nft");
        using Node node = new();
        NatTable nat = new(node.Kernel.Netfilter);
        Attachment attachment = node.FullAttachment(id) with { MetadataAddresses = [InetAddress.Parse("192.0.2.9")] };
        attachment = excludes ? attachment : attachment with { Excluded = [] };
        node.Create(attachment);
        IReadOnlyList<NatEntry> entries = nat.List();
        SaveAndRestore(node);

        Assert.Empty(nat.Inspect().Faults);
        Assert.Equal(NatTableState.Intact, nat.State);
        AttachmentOwnership ownership = new(node.Kernel);
        Assert.Equal(
            entries.Select(entry => $"{entry} {entry.Excluded.Count} {entry.Metadata.Count}"),
            nat.List().Select(ownership.Named).Select(entry => $"{entry} {entry.Excluded.Count} {entry.Metadata.Count}"));
        Assert.Empty(new AttachmentInspection(node.Kernel).Inspect(attachment));
        Assert.True(node.Remove(attachment));
        Assert.Equal("", node.Nft("list ruleset"));
    }

    [Theory]
    [InlineData("c1", "")]
    [InlineData(LongId, "")]
    [InlineData("c1", "flush map inet egressnet container4; flush map inet egressnet container6")]
    [InlineData(LongId, "flush map inet egressnet container4; flush map inet egressnet container6")]
    public void What_has_lost_its_comments_is_still_its_attachment_s(string id, string further)
    {
        Live.RequireTool("nft");
        using Node node = new();
        NatTable nat = new(node.Kernel.Netfilter);
        Attachment attachment = node.FullAttachment(id);
        node.Create(attachment);
        IReadOnlyList<NatEntry> entries = nat.List();

        SaveAndRestore(node, "sed -E 's/ comment \"[^\" ]*\"//g'");
        node.Host.Exec("nft", further);
        AttachmentOwnership ownership = new(node.Kernel);
        Assert.All(nat.List(), entry => Assert.Equal(attachment.Id.Owner, ownership.Named(entry).Owner));
        new AttachmentRepair(node.Kernel).Repair(new EgressPlan(attachment));
        Assert.Empty(new AttachmentInspection(node.Kernel).Inspect(attachment));
        Assert.Equal(entries, nat.List());

        SaveAndRestore(node, "sed -E 's/ comment \"[^\" ]*\"//g'");
        node.Host.Exec("nft", further);
        Assert.True(node.Remove(attachment));
        Assert.Equal("", node.Nft("list ruleset"));
    }

    [Theory]
    [InlineData("cat")]
    [InlineData("sed -E 's/ comment \"[^\" ]*\"//g'")]
    [InlineData("sed -E '/ . 192.0.2.9/s/ comment \"[^\" ]*\"//g'")]
    public void Metadata_addresses_without_comments_are_repaired_and_removed(string through)
    {
        Live.RequireTool("nft");
        using Node node = new();
        using LiveNamespace second = new();
        Attachment other = node.Attachment("c2", "169.254.172.9/22") with { Namespace = NamespaceReference.FromName(second.Name) };
        Attachment attachment = node.FullAttachment("c1", "169.254.172.5/22", "169.254.172.6/22") with
        {
            MetadataAddresses = [InetAddress.Parse("192.0.2.9"), InetAddress.Parse("192.0.2.10")],
            Excluded = [],
            Routes = [],
        };
        node.Create(other);
        node.Create(attachment);
        SaveAndRestore(node, through);
        AttachmentInspection inspection = new(node.Kernel);
        Assert.Equal(through != "cat", inspection.Inspect(attachment).Any(each => each.Kind == EgressFindingKind.Metadata));
        Assert.Empty(inspection.Inspect(other));
        new AttachmentRepair(node.Kernel).Repair(new EgressPlan(attachment));
        Assert.Empty(inspection.Inspect(attachment));

        SaveAndRestore(node, through);
        Assert.True(node.Remove(attachment));
        Assert.DoesNotContain("192.0.2.", node.Nft("list ruleset"));
        Assert.Empty(inspection.Inspect(other));
    }

    [Fact]
    public void An_address_of_a_vanished_owner_is_free_in_a_restored_table()
    {
        Live.RequireTool("nft");
        using Node node = new();
        Attachment gone = node.Attachment(LongId), next = node.Attachment("c2");
        node.Create(gone);
        SaveAndRestore(node);
        node.Host.Ip($"link delete {gone.Id.HostInterface}");
        node.Create(next);
        Assert.All(new NatTable(node.Kernel.Netfilter).List(), entry => Assert.Equal(next.Id.Owner, entry.Owner));
        Assert.True(node.Remove(gone));
        Assert.True(node.Remove(next));
        Assert.Equal("", node.Nft("list ruleset"));
    }

    private static void SaveAndRestore(Node node, string through = "cat") => node.Host.Exec(
        "sh", "-e", "-c", $"f=$(mktemp); nft list ruleset | {through} > $f; nft flush ruleset; nft -f $f; rm $f");
}
