using System.Diagnostics;
using EgressNet.Attachments;

namespace EgressNet.Tests.Attachments;

public sealed class ReaderTests
{
    [Fact]
    public void A_namespace_without_a_name_is_found_by_a_process_in_it()
    {
        using Node node = new();
        Attachment attachment = node.FullAttachment();
        using Process process = Process.Start(new ProcessStartInfo(
            "ip", ["netns", "exec", node.Container.Name, "sh", "-c", "echo in; exec sleep 60"])
        {
            RedirectStandardOutput = true,
        })!;
        try
        {
            Assert.Equal("in", process.StandardOutput.ReadLine());
            node.Create(attachment);
            node.Container.Dispose();

            Attachment read = Assert.Single(new AttachmentReader(node.Kernel).Read()).Attachment;
            Assert.Equal($"/proc/{process.Id}/ns/net", read.Namespace?.Path);
            Assert.Empty(new AttachmentInspection(node.Kernel).Inspect(read));
        }
        finally
        {
            process.Kill();
            process.WaitForExit();
        }
    }

    [Fact]
    public void What_is_not_ours_is_not_found()
    {
        using Node node = new();
        node.Host.Ip("link add a0 type veth peer name a1");
        node.Host.Ip("link set a0 alias egressnet:not-an-owner");
        node.Host.Ip("link set a1 alias uplink");
        Assert.Empty(new AttachmentReader(node.Kernel).Read());
    }

    [Fact]
    public void Attachments_are_listed_in_order_of_owner_and_by_filter()
    {
        using Node node = new();
        foreach (string id in (string[])["c2", "c1"])
        {
            node.Create(node.Attachment(id, $"169.254.172.{id[1]}/32") with
            {
                Id = new AttachmentId("pods", id, $"eg{id[1]}"),
                Routes = [],
                Addresses = [.. node.Attachment(id, $"169.254.172.{id[1]}/32").Addresses.Select(each => each with
                {
                    Gateway = Netlink.Inet.InetAddress.Parse($"169.254.173.{id[1]}"),
                })],
            });
        }

        AttachmentReader reader = new(node.Kernel);
        Assert.Equal(["c1", "c2"], reader.Read().Select(found => found.Attachment.Id.ContainerId));
        Assert.Equal("c2", Assert.Single(reader.Read(id => id.ContainerId == "c2")).Attachment.Id.ContainerId);
        Assert.Empty(reader.Read(id => id.ContainerId == "c3"));
    }
}
