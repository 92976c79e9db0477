using EgressNet.Netlink.Files;
using Xunit;

namespace EgressNet.Netlink.Tests.Files;

public sealed class SharedFileTests
{
    [Fact]
    public void A_locked_file_is_read()
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, "text");
            using FileLock held = FileLock.TryTake(path)!;
            Assert.Throws<IOException>(() => File.ReadAllBytes(path));
            Assert.Equal("text"u8, SharedFile.ReadAllBytes(path));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void What_is_not_there_or_no_file_is_refused_as_ever()
    {
        Assert.Throws<FileNotFoundException>(() => SharedFile.ReadAllBytes($"/tmp/{Guid.NewGuid():N}"));
        Assert.ThrowsAny<SystemException>(() => SharedFile.ReadAllBytes("/tmp"));
    }
}
