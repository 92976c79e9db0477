using EgressNet.Attachments;
using EgressNet.Nat;
using EgressNet.Netlink.Namespaces;
using EgressNet.Nodes;
using EgressNet.Plans;
using EgressNet.Records;
using EgressNet.Tests.Attachments;

namespace EgressNet.Tests.Records;

/// <summary>What holds the records is full, only to be read, or holds what is no record.</summary>
public sealed class UnwritableTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("egressnet").FullName;

    public UnwritableTests() => Tool.Run("mount", "-t", "tmpfs", "-o", "nr_inodes=40", "t", _root);

    public void Dispose()
    {
        Tool.Run("umount", _root);
        Directory.Delete(_root);
    }

    [Fact]
    public void What_fills_the_file_system_can_be_removed()
    {
        using Node node = new();
        using EgressKernel kernel = Open(node);
        Attachment attachment = Make(node, kernel);
        Fill();
        Assert.Empty(new AttachmentRepair(kernel).Repair(new EgressPlan(attachment)));
        Assert.True(new AttachmentRemoval(kernel).Remove(attachment));
        AssertGone(node, attachment);
        Assert.False(kernel.Records.Has(attachment.Id));
    }

    [Fact]
    public void With_its_record_lost_it_can_be_removed_on_a_full_file_system()
    {
        using Node node = new();
        using EgressKernel kernel = Open(node);
        Attachment attachment = Make(node, kernel);
        Directory.Delete(kernel.Records.Folder, recursive: true);
        Fill();
        Assert.True(new AttachmentRemoval(kernel).Remove(attachment));
        AssertGone(node, attachment);
    }

    [Fact]
    public void Where_nothing_can_be_written_all_but_the_record_is_removed()
    {
        using Node node = new();
        using EgressKernel kernel = Open(node);
        Attachment attachment = Make(node, kernel);
        Tool.Run("mount", "-o", "remount,bind,ro", _root);
        Assert.Empty(new AttachmentRepair(kernel).Repair(new EgressPlan(attachment)));
        AttachmentRemovalException thrown = Assert.Throws<AttachmentRemovalException>(
            () => new AttachmentRemoval(kernel).Remove(attachment));
        Assert.All(thrown.Faults, fault => Assert.IsType<RecordException>(fault));
        AssertGone(node, attachment);
        Tool.Run("mount", "-o", "remount,bind,rw", _root);
        Assert.True(new AttachmentRemoval(kernel).Remove(attachment));
        Assert.False(kernel.Records.Has(attachment.Id));
    }

    [Theory, InlineData(true, true), InlineData(true, false), InlineData(false, true), InlineData(false, false)]
    public void A_creation_says_what_cannot_be_written_and_leaves_nothing(bool isFull, bool isThere)
    {
        using Node node = new();
        using EgressKernel kernel = Open(node);
        Attachment attachment = isThere ? Make(node, kernel) : node.FullAttachment();
        Directory.CreateDirectory($"{_root}/egressnet");
        node.Settle();
        string before = node.State;
        if (isFull)
        {
            Fill();
        }
        else
        {
            Tool.Run("mount", "-o", "remount,bind,ro", _root);
        }

        RecordException thrown = Assert.Throws<RecordException>(
            () => new AttachmentCreation(kernel).Create(new EgressPlan(attachment with { Mtu = 1400 }), replace: true));
        Assert.True(thrown.IsUnwritable);
        Assert.Equal(before, node.State);
    }

    [Theory, InlineData(true), InlineData(false)]
    public void A_lock_taken_while_unwritable_still_excludes_later_writers(bool isFull)
    {
        using Node node = new();
        using EgressKernel kernel = Open(node);
        Attachment attachment = Make(node, kernel);
        if (isFull)
        {
            Fill();
        }
        else
        {
            Tool.Run("mount", "-o", "remount,bind,ro", _root);
        }

        // A program that another test starts may hold the lock until it runs.
        CancellationToken stop = TestContext.Current.CancellationToken;
        using (AttachmentLock first = AttachmentLock.Take(kernel.Records, attachment.Id, stop))
        {
            if (isFull)
            {
                File.Delete($"{_root}/f0");
            }
            else
            {
                Tool.Run("mount", "-o", "remount,bind,rw", _root);
            }

            Assert.True(kernel.Records.IsLocked(attachment.Id));
            Assert.Null(kernel.Records.TryLock(attachment.Id));
        }

        using AttachmentLock second = AttachmentLock.Take(kernel.Records, attachment.Id, stop);
    }

    [Fact]
    public void A_directory_in_a_record_s_place_is_a_damaged_record()
    {
        using Node node = new();
        using EgressKernel kernel = Open(node);
        Attachment attachment = Make(node, kernel);
        string path = kernel.Records.PathOf(attachment.Id);
        File.Delete(path);
        Directory.CreateDirectory($"{path}/x");
        Assert.Equal(attachment.Id, Assert.Single(new AttachmentReader(kernel).Read()).Attachment.Id);
        Assert.True(new AttachmentRemoval(kernel).Remove(attachment));
        AssertGone(node, attachment);
        Assert.False(Path.Exists(path));
    }

    [Fact]
    public void A_directory_in_a_record_s_place_gives_way_to_a_new_one()
    {
        using Node node = new();
        using EgressKernel kernel = Open(node);
        Attachment attachment = Make(node, kernel);
        string path = kernel.Records.PathOf(attachment.Id);
        File.Delete(path);
        Directory.CreateDirectory($"{path}/x");
        new AttachmentCreation(kernel).Create(new EgressPlan(attachment), replace: true);
        Assert.Empty(new AttachmentInspection(kernel).Inspect(attachment));
    }

    [Theory, InlineData("file"), InlineData("directory"), InlineData("link")]
    public async Task What_is_no_claim_in_a_claim_s_place_gives_way_to_one(string kind)
    {
        using Node node = new();
        using EgressKernel kernel = Open(node);
        Attachment attachment = node.FullAttachment();
        string path = $"{kernel.Records.Folder}/+addresses/169.254.172.5";
        Directory.CreateDirectory(kind == "directory" ? $"{path}/x" : Path.GetDirectoryName(path)!);
        if (kind == "file")
        {
            File.WriteAllText(path, "");
        }
        else if (kind == "link")
        {
            File.CreateSymbolicLink(path, "nowhere");
        }

        CancellationToken token = TestContext.Current.CancellationToken;
        await Task.Run(() => new AttachmentCreation(kernel).Create(new EgressPlan(attachment)), token)
            .WaitAsync(TimeSpan.FromSeconds(30), token);
        Assert.Empty(new AttachmentInspection(kernel).Inspect(attachment));
    }

    private EgressKernel Open(Node node) => new(
        NamespaceReference.FromName(node.Host.Name),
        openRecords: identity => new RecordStore(identity, new RecordFiles(), $"{_root}/egressnet"));

    private static Attachment Make(Node node, EgressKernel kernel)
    {
        Attachment attachment = node.FullAttachment();
        new AttachmentCreation(kernel).Create(new EgressPlan(attachment));
        return attachment;
    }

    private void Fill()
    {
        try
        {
            for (int i = 0; ; i++)
            {
                File.Create($"{_root}/f{i}").Dispose();
            }
        }
        catch (IOException)
        {
        }
    }

    private static void AssertGone(Node node, Attachment attachment)
    {
        Assert.DoesNotContain(attachment.HostInterface, node.Host.Ip("link show"));
        Assert.Empty(new NatTable(node.Kernel.Netfilter).List());
    }
}
