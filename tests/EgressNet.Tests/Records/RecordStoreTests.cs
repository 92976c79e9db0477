using System.Text.Json.Nodes;
using EgressNet.Attachments;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Namespaces;
using EgressNet.Nodes;
using EgressNet.Records;
using EgressNet.Tests.Attachments;

namespace EgressNet.Tests.Records;

public sealed class RecordStoreTests
{
    [Fact]
    public void A_record_is_read_back_as_it_was_written()
    {
        using Node node = new();
        AttachmentRecord record = new()
        {
            Attachment = node.FullAttachment() with
            {
                ReadOnlySettings = ["net/ipv6/conf/eg0/accept_dad", "\"\\\n\u0001/+\u00e9\ud83d\ude00"],
            },
            Namespace = new NetNamespaceIdentity(4, 4026531840),
            HostIndex = 4020,
            Former = [InetAddress.Parse("10.0.0.9")],
        };
        AttachmentRecord read = RecordFormat.Read(RecordFormat.Write(record), record.Attachment.Id)!;
        Assert.Equal(RecordFormat.Write(record), RecordFormat.Write(read));
        Assert.Equal(record.Attachment.Addresses, read.Attachment.Addresses);
        Assert.Equal(record.Attachment.Excluded, read.Attachment.Excluded);
        Assert.Equal(record.Attachment.ReadOnlySettings, read.Attachment.ReadOnlySettings);
        Assert.Equal((record.HostIndex, record.Namespace), (read.HostIndex, read.Namespace));
        Assert.Null(RecordFormat.Read(RecordFormat.Write(record), record.Attachment.Id with { Network = "other" }));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("""{ "version": 1, "owner": "pods/c1/eg0" }""")]
    [InlineData("""{ "version": 2, "owner": "pods/c1/eg0" }""")]
    public void A_damaged_record_is_none(string json) =>
        Assert.Null(RecordFormat.Read(System.Text.Encoding.UTF8.GetBytes(json), new AttachmentId("pods", "c1", "eg0")));

    [Fact]
    public void An_impossible_member_voids_a_record_any_other_can_be_planned()
    {
        using Node node = new();
        AttachmentId id = new("pods", "c1", "eg0");
        byte[] sound = RecordFormat.Write(new AttachmentRecord
        {
            Attachment = node.FullAttachment(),
            Namespace = new NetNamespaceIdentity(4, 4026531840, 7),
            HostIndex = 4020,
            Former = [InetAddress.Parse("10.0.0.9")],
        });
        string[] odd =
        [
            "null", "true", "{}", "[]", "[null]", "[[]]", "[\"\"]", "\"\"", "\"x\"", "\"99999999999\"", "\"17\"", "\"-1\"",
            "\"a/../b\"", "-1", "0", "5", "1.5", "1e400", "70000", "99999999999", "99999999999999999999999",
        ];
        JsonObject whole = JsonNode.Parse(sound)!.AsObject();
        string[] members = [.. whole.Select(each => each.Key), "addresses/address", "addresses/gateway", "addresses/nat"];
        foreach ((string member, string value) in members.SelectMany(member => odd.Select(value => (member, value))))
        {
            JsonObject changed = whole.DeepClone().AsObject();
            JsonObject place = member.Contains('/') ? changed["addresses"]![0]!.AsObject() : changed;
            place[member.Split('/')[^1]] = JsonNode.Parse(value);
            if (RecordFormat.Read(System.Text.Encoding.UTF8.GetBytes(changed.ToJsonString()), id) is { } read
                && read.Attachment.Namespace is not null)
            {
                Assert.NotEmpty(new Plans.EgressPlan(read.Attachment).Steps);
            }
        }

        foreach ((string member, string value) in ((string, string)[])
            [("isolation", "\"99999999999\""), ("isolation", "\"17\""), ("mtu", "5"), ("mtu", "70000"), ("hostIndex", "-1")])
        {
            JsonObject changed = whole.DeepClone().AsObject();
            changed[member] = JsonNode.Parse(value);
            Assert.Null(RecordFormat.Read(System.Text.Encoding.UTF8.GetBytes(changed.ToJsonString()), id));
        }
    }

    [Fact]
    public void A_damaged_one_breaks_itself_alone()
    {
        using Node node = new();
        using LiveNamespace second = new();
        Attachment damaged = node.Attachment("c1", "169.254.172.5/22");
        Attachment sound = node.Attachment("c2", "169.254.172.6/22") with { Namespace = NamespaceReference.FromName(second.Name) };
        node.Create(damaged);
        node.Create(sound);
        node.Settle(second);
        string path = node.Kernel.Records.PathOf(damaged.Id);
        File.WriteAllText(path, File.ReadAllText(path).Replace("\"None\"", "\"99999999999\""));
        Attachment[] read = [.. new AttachmentReader(node.Kernel).Read().Select(found => found.Attachment)];
        Assert.Equal(["c1", "c2"], read.Select(each => each.Id.ContainerId));
        Assert.Equal(
            EgressFindingKind.Declaration, Assert.Single(new AttachmentInspection(node.Kernel).Inspect(read[0])).Kind);
        Assert.Empty(new AttachmentInspection(node.Kernel).Inspect(read[1]));
        Assert.All(new AttachmentRemoval(node.Kernel).Remove(read), result => Assert.Null(result.Fault));
        Assert.Equal("", node.Host.Ip("link show type veth"));
    }

    [Fact]
    public void Files_can_be_read_by_all_and_locked_by_root_alone()
    {
        using Node node = new();
        Attachment attachment = node.FullAttachment();
        node.Create(attachment);
        string record = node.Kernel.Records.PathOf(attachment.Id);
        Assert.Equal("644", Tool.Run("stat", "-c", "%a", record).Trim());
        using (AttachmentLock taken = node.Kernel.Records.TryLock(attachment.Id)!)
        {
            Assert.Equal("600", Tool.Run("stat", "-c", "%a", Path.ChangeExtension(record, "lock")).Trim());
        }

        Assert.Equal("755", Tool.Run("stat", "-c", "%a", node.Kernel.Records.Folder).Trim());
        Assert.Equal(
            File.ReadAllText(record), File.ReadAllText($"{node.Kernel.Records.Folder}/+addresses/169.254.172.5"));
    }

    [Fact]
    public void The_file_of_the_lock_goes_with_the_record()
    {
        using Node node = new();
        Attachment attachment = node.Attachment();
        node.Create(attachment);
        string path = Path.ChangeExtension(node.Kernel.Records.PathOf(attachment.Id), "lock");
        Assert.True(File.Exists(path));
        Assert.False(node.Kernel.Records.IsLocked(attachment.Id));
        Assert.True(node.Remove(attachment));
        Assert.False(File.Exists(path));
    }

    [Fact]
    public void Two_operations_on_one_attachment_follow_each_other()
    {
        using Node node = new();
        AttachmentId id = new("pods", "c1", "eg0");
        using AttachmentLock first = node.Kernel.Records.TryLock(id)!;
        Assert.True(node.Kernel.Records.IsLocked(id));
        Assert.Null(node.Kernel.Records.TryLock(id));
        using CancellationTokenSource stop = new(TimeSpan.FromMilliseconds(20));
        Assert.ThrowsAny<OperationCanceledException>(() => AttachmentLock.Take(node.Kernel.Records, id, stop.Token));
        first.Dispose();
        Assert.False(node.Kernel.Records.IsLocked(id));
        using AttachmentLock second = node.Kernel.Records.TryLock(id)!;
        Assert.NotNull(second);
    }

    [Fact]
    public void A_stopped_removal_does_not_wait_for_another_operation()
    {
        using Node node = new();
        Attachment free = node.FullAttachment();
        node.Create(free);
        using CancellationTokenSource stop = new();
        stop.Cancel();
        AttachmentRemoval removal = new(node.Kernel, null, stop.Token);
        using (AttachmentLock other = node.Kernel.Records.TryLock(free.Id)!)
        {
            RemovalResult result = Assert.Single(removal.Remove([free]));
            AttachmentException fault = Assert.IsType<AttachmentException>(result.Fault);
            Assert.Equal(AttachmentError.Busy, fault.Reason);
            Assert.Contains("at the stop", fault.Message);
        }

        Assert.Null(Assert.Single(removal.Remove([free])).Fault);
    }

    [Fact]
    public void A_lock_on_a_file_that_was_deleted_meanwhile_is_none()
    {
        using Node node = new();
        AttachmentId id = new("pods", "c1", "eg0");
        for (int round = 0; round < 100; round++)
        {
            int inside = 0, most = 0;
            Parallel.For(0, 4, _ =>
            {
                using AttachmentLock taken = AttachmentLock.Take(node.Kernel.Records, id, CancellationToken.None);
                most = Math.Max(most, Interlocked.Increment(ref inside));
                Interlocked.Decrement(ref inside);
            });
            Assert.Equal(1, most);
        }

        Assert.Equal("", node.Records);
    }

    [Fact]
    public void An_unwritable_directory_is_an_error_before_any_change()
    {
        using Node node = new();
        string before = node.State;
        using Nodes.EgressKernel kernel = new(
            NamespaceReference.FromName(node.Host.Name),
            openRecords: identity => new RecordStore(identity, new RecordFiles(), "/proc/egressnet"));
        RecordException thrown = Assert.Throws<RecordException>(
            () => new AttachmentCreation(kernel).Create(new Plans.EgressPlan(node.FullAttachment())));
        Assert.StartsWith("/proc/egressnet/", thrown.Path);
        Assert.Equal(before, node.State);
    }
}
