using EgressNet.Attachments;
using EgressNet.Netlink.Namespaces;
using EgressNet.Plans;
using EgressNet.Records;
using EgressNet.Tests.Attachments;

namespace EgressNet.Tests.Records;

/// <summary>Somebody changed a record by hand.</summary>
public sealed class EditedRecordTests
{
    [Fact]
    public void What_it_had_before_goes_with_it()
    {
        using Node node = new();
        Attachment attachment = node.FullAttachment();
        node.Create(attachment);
        Edit(node, attachment);
        Assert.True(node.Remove(Assert.Single(new AttachmentReader(node.Kernel).Read("c1")).Attachment));
        Assert.Equal("", node.Records);
        Assert.Equal("", node.Nft("list ruleset"));
    }

    [Fact]
    public void It_is_a_finding_and_its_repair_frees_the_old_address()
    {
        using Node node = new();
        Attachment attachment = node.FullAttachment();
        node.Create(attachment);
        Edit(node, attachment);
        Attachment found = Assert.Single(new AttachmentReader(node.Kernel).Read("c1")).Attachment;
        Assert.Contains(
            new AttachmentInspection(node.Kernel).Inspect(found),
            finding => finding is { Kind: EgressFindingKind.Declaration, Actual: "one that somebody changed" });

        new AttachmentRepair(node.Kernel).Repair(new EgressPlan(found));

        Assert.Empty(new AttachmentInspection(node.Kernel).Inspect(found));
        Assert.Equal(
            ["169.254.172.7", "fd00::ac:5"],
            node.Kernel.Records.Claims.Of(attachment.Id).Order().Select(address => $"{address}"));
        using LiveNamespace other = new();
        node.Create(node.FullAttachment("c2", "169.254.172.5/22", "fd00::ac:6/118") with
        {
            Namespace = NamespaceReference.FromName(other.Name),
        });
        Assert.True(node.Remove(found));
    }

    [Fact]
    public void A_gateway_that_it_had_before_goes_from_both_ends()
    {
        using Node node = new();
        Attachment attachment = node.FullAttachment();
        node.Create(attachment);
        string path = node.Kernel.Records.PathOf(attachment.Id);
        File.WriteAllText(path, File.ReadAllText(path).Replace("169.254.172.1\"", "169.254.172.2\""));
        Attachment found = Assert.Single(new AttachmentReader(node.Kernel).Read("c1")).Attachment;
        new AttachmentRepair(node.Kernel).Repair(new EgressPlan(found));
        Assert.Empty(new AttachmentInspection(node.Kernel).Inspect(found));
        Assert.DoesNotContain("169.254.172.1/", node.Host.Ip("address show"));
        Assert.DoesNotContain("169.254.172.1 ", node.Container.Ip("route show"));
    }

    [Fact]
    public void A_replacement_frees_what_it_had_before()
    {
        using Node node = new();
        Attachment attachment = node.FullAttachment();
        node.Create(attachment);
        Edit(node, attachment);
        Attachment next = node.FullAttachment("c1", "169.254.172.9/22", "fd00::ac:9/118");
        new AttachmentCreation(node.Kernel).Create(new EgressPlan(next), replace: true);
        Assert.Equal(
            ["169.254.172.9", "fd00::ac:9"],
            node.Kernel.Records.Claims.Of(attachment.Id).Order().Select(address => $"{address}"));
    }

    [Theory]
    [InlineData("169.254.172.5/22")]
    [InlineData("169.254.172.1/22")]
    public void A_creation_that_is_refused_leaves_no_directory(string address)
    {
        using Node node = new();
        node.Host.Ip("address add 169.254.172.5/32 dev lo");
        Attachment attachment = node.Attachment("c1", address);
        Assert.ThrowsAny<Exception>(() => node.Create(attachment));
        Assert.False(Directory.Exists(node.Kernel.Records.Folder));
    }

    [Fact]
    public void A_creation_that_fails_at_its_claims_leaves_no_directory()
    {
        using Node node = new();
        Attachment attachment = node.Attachment();
        AttachmentCreation creation = new(node.Kernel, change =>
        {
            if (change.StartsWith("claim gateway"))
            {
                throw new InvalidOperationException("stop");
            }
        });
        Assert.Throws<InvalidOperationException>(() => creation.Create(new EgressPlan(attachment)));
        Assert.False(Directory.Exists(node.Kernel.Records.Folder));
    }

    [Fact]
    public void A_directory_in_place_of_the_lock_is_one_error_that_names_it()
    {
        using Node node = new();
        Attachment attachment = node.Attachment();
        string path = Path.ChangeExtension(node.Kernel.Records.PathOf(attachment.Id), "lock");
        Directory.CreateDirectory(path);
        RecordException refused = Assert.Throws<RecordException>(() => node.Create(attachment));
        Assert.Equal($"Cannot lock '{path}': Is a directory.", refused.Message);
        Assert.Equal(path, refused.Path);
        Directory.Delete(path);
        node.Create(attachment);
    }

    private static void Edit(Node node, Attachment attachment)
    {
        string path = node.Kernel.Records.PathOf(attachment.Id);
        File.WriteAllText(path, File.ReadAllText(path).Replace("169.254.172.5/", "169.254.172.7/"));
    }
}
