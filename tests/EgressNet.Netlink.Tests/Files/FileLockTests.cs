using System.Runtime.InteropServices;
using EgressNet.Netlink.Files;
using Xunit;

namespace EgressNet.Netlink.Tests.Files;

public sealed class FileLockTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    private string LockPath => Path.Combine(_folder, "lock");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void It_ends_although_a_starting_process_has_the_descriptor()
    {
        FileLock taken = FileLock.TryTake(LockPath)!;
        int copy = dup(DescriptorOf(LockPath));
        taken.Dispose();
        Assert.False(FileLock.IsHeld(LockPath));
        _ = close(copy);
    }

    [Fact]
    public void A_link_in_the_place_of_its_file_is_not_followed()
    {
        string target = Path.Combine(_folder, "target");
        File.CreateSymbolicLink(LockPath, target);
        IOException thrown = Assert.Throws<IOException>(() => FileLock.TryTake(LockPath));
        Assert.Equal(Errno.ELOOP, (Errno)thrown.HResult);
        Assert.False(File.Exists(target));
    }

    private static int DescriptorOf(string path) => int.Parse(Path.GetFileName(
        Directory.GetFiles("/proc/self/fd").First(each => File.ResolveLinkTarget(each, false)?.FullName == path)));

    [DllImport("libc")]
    private static extern int dup(int fd);

    [DllImport("libc")]
    private static extern int close(int fd);
}
