using EgressNet.Attachments;
using EgressNet.Plans;

namespace EgressNet.Tests.Attachments;

public sealed class AttachmentTests
{
    [Fact]
    public void Creation_inspection_reading_and_removal_leave_no_trace()
    {
        using Node node = new();
        Attachment attachment = node.Attachment();
        string container = node.Container.Ip("link show");
        node.Create(attachment);

        Assert.Empty(new AttachmentInspection(node.Kernel).Inspect(attachment));
        FoundAttachment found = Assert.Single(new AttachmentReader(node.Kernel).Read());
        Assert.Equal(attachment.Id, found.Attachment.Id);
        Assert.Equal(node.Container.Name, $"{found.Attachment.Namespace}");
        Assert.Empty(new AttachmentInspection(node.Kernel).Inspect(found.Attachment));
        node.Container.Exec("ping", "-c1", "-W1", "169.254.172.1");
        node.Container.Exec("ping", "-c1", "-W1", "fd00::ac:1");

        Assert.True(node.Remove(attachment));
        Assert.False(node.Remove(attachment));
        Assert.Empty(node.Nft("list ruleset"));
        Assert.False(Directory.Exists(node.Kernel.Records.Folder));
        Assert.Equal(container, node.Container.Ip("link show"));
        Assert.DoesNotContain("veth", node.Host.Ip("link show"));
    }
}
