using EgressNet.Netlink.Files;
using Xunit;

namespace EgressNet.Netlink.Tests.Files;

public sealed class DirectoryHeadTests
{
    [Fact]
    public void Some_of_many_names_are_read_and_all_of_few()
    {
        DirectoryInfo directory = Directory.CreateTempSubdirectory();
        try
        {
            Assert.Empty(DirectoryHead.Names(directory.FullName));
            string longest = new('x', 255);
            File.WriteAllText($"{directory}/{longest}", "");
            Assert.Equal([longest], DirectoryHead.Names(directory.FullName));
            File.WriteAllText($"{directory}/\u00e9", "");
            Assert.Contains("\u00e9", Directory.GetFiles(directory.FullName).Select(Path.GetFileName));

            for (int i = 0; i < 1_000; i++)
            {
                File.WriteAllText($"{directory}/n{i}", "");
            }

            IReadOnlyList<string> some = DirectoryHead.Names(directory.FullName);
            Assert.InRange(some.Count, 1, 30);
            Assert.All(some, name => Assert.True(File.Exists($"{directory}/{name}")));
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Fact]
    public void What_is_not_there_has_none() => Assert.Empty(DirectoryHead.Names($"/tmp/{Guid.NewGuid():N}"));
}
