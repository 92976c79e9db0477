using EgressNet.Netlink.Namespaces;
using EgressNet.Testing;
using Xunit;

namespace EgressNet.Netlink.Tests.Namespaces;

[CollectionDefinition(nameof(WholeProcess), DisableParallelization = true)]
public sealed class WholeProcess;

[Collection(nameof(WholeProcess))]
public sealed class NamespaceThreadTests
{
    private static readonly AsyncLocal<string?> s_flowing = new();

    [Fact]
    public void Work_is_done_inside()
    {
        using LiveNamespace live = new LiveNamespace();
        NamespaceReference ns = NamespaceReference.FromName(live.Name);
        using NetNamespaceHandle handle = ns.Open();

        Assert.Equal(handle.Identity, NamespaceThread.Run(ns, () => NetNamespaceIdentity.OfCallingThread));
        Assert.NotEqual(handle.Identity, NetNamespaceIdentity.OfCallingThread);
    }

    [Fact]
    public void Work_has_a_thread_to_itself_and_no_context_of_ours()
    {
        using LiveNamespace live = new LiveNamespace();
        s_flowing.Value = "ours";

        (Thread thread, string? flowed) =
            NamespaceThread.Run(NamespaceReference.FromName(live.Name), () => (Thread.CurrentThread, s_flowing.Value));

        Assert.NotSame(Thread.CurrentThread, thread);
        Assert.False(thread.IsAlive);
        Assert.Null(flowed);
        NamespaceThread.Run(NamespaceReference.FromName(live.Name), () =>
        {
            Assert.False(Thread.CurrentThread.IsThreadPoolThread);
            Assert.True(Thread.CurrentThread.IsBackground);
            return 0;
        });
    }

    [Fact]
    public void Work_in_our_own_namespace_stays_on_our_thread()
    {
        using NetNamespaceHandle handle = NamespaceReference.Current.Open();

        Assert.Same(Thread.CurrentThread, NamespaceThread.Run(NamespaceReference.Current, () => Thread.CurrentThread));
        Assert.Same(Thread.CurrentThread, NamespaceThread.Run(handle, () => Thread.CurrentThread));
    }

    [Fact]
    public void A_fault_arrives_with_the_place_it_comes_from()
    {
        using LiveNamespace live = new LiveNamespace();

        InvalidOperationException fault = Assert.Throws<InvalidOperationException>(
            () => NamespaceThread.Run(NamespaceReference.FromName(live.Name), FailOnPurpose));

        Assert.Contains(nameof(FailOnPurpose), fault.StackTrace);
    }

    [Fact]
    public void No_thread_stays_in_a_foreign_namespace()
    {
        using LiveNamespace live = new LiveNamespace();
        NamespaceReference ns = NamespaceReference.FromName(live.Name);
        string ours = Here(), foreign = NamespaceThread.Run(ns, Here);
        Assert.NotEqual(ours, foreign);

        Parallel.For(0, 200, _ =>
        {
            Assert.Equal(foreign, NamespaceThread.Run(ns, Here));
            Assert.Equal(ours, Here());
        });

        Eventually.True(() => !NamespacesOfThreads().Contains(foreign));
    }

    [Fact]
    public void No_descriptor_is_left_open()
    {
        using LiveNamespace live = new LiveNamespace();
        NamespaceReference ns = NamespaceReference.FromName(live.Name);

        for (int i = 0; i < 200; i++)
        {
            NamespaceThread.Run(ns, () => 0);
            Assert.Throws<NetNamespaceException>(NamespaceReference.FromPath("/proc/self/ns/mnt").Open);
        }

        Assert.DoesNotContain(OpenFiles(), file => file.StartsWith("net:") || file.StartsWith("mnt:"));
    }

    private static string Here() => new FileInfo("/proc/thread-self/ns/net").LinkTarget!;

    private static int FailOnPurpose() => throw new InvalidOperationException("on purpose");

    private static IEnumerable<string> OpenFiles() =>
        Directory.EnumerateFiles("/proc/self/fd").Select(fd => new FileInfo(fd).LinkTarget ?? "");

    private static IEnumerable<string> NamespacesOfThreads()
    {
        foreach (string task in Directory.GetDirectories("/proc/self/task"))
        {
            string? link = null;
            try
            {
                link = new FileInfo($"{task}/ns/net").LinkTarget;
            }
            catch (IOException)
            {
                // The thread has ended meanwhile.
            }

            if (link is not null)
            {
                yield return link;
            }
        }
    }
}
