using EgressNet.Netlink.Namespaces;
using Xunit;

namespace EgressNet.Netlink.Tests.Namespaces;

public sealed class NetNamespaceTests
{
    [Fact]
    public void A_name_is_a_file_under_run_netns()
    {
        NamespaceReference ns = NamespaceReference.FromName("blue");

        Assert.Equal("blue", ns.Name);
        Assert.Equal("/run/netns/blue", ns.Path);
        Assert.Equal("blue", ns.ToString());
        Assert.Equal(NamespaceReference.FromPath("/run/netns/blue"), ns);
        Assert.NotEqual(NamespaceReference.FromName("Blue"), ns);
    }

    [Theory]
    [InlineData("/proc/1/ns/net")]
    [InlineData("/run/netns/a/b")]
    [InlineData("/run/netns/")]
    [InlineData("/run/netns/..")]
    public void Another_path_has_no_name(string path)
    {
        NamespaceReference ns = NamespaceReference.FromPath(path);

        Assert.Null(ns.Name);
        Assert.Equal(path, ns.ToString());
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData(".", "reserved")]
    [InlineData("..", "reserved")]
    [InlineData("a/b", "'/'")]
    [InlineData("a\0b", "NUL")]
    public void A_bad_name_is_refused_by_name_and_reason(string name, string reason)
    {
        foreach (Action use in new Action[]
        {
            () => NamespaceReference.FromName(name),
            () => NamespaceReference.Parse(name),
            () => NetNamespaces.Create(name),
            () => NetNamespaces.Remove(name),
        })
        {
            ArgumentException fault = Assert.Throws<ArgumentException>(use);
            Assert.Contains($"'{name.Replace("\0", "\\0")}'", fault.Message);
            Assert.Contains(reason, fault.Message);
        }
    }

    [Fact]
    public void A_name_may_have_255_bytes_not_characters()
    {
        string fits = new string('ä', 127) + "x";

        Assert.Equal(fits, NamespaceReference.FromName(fits).Name);
        Assert.Throws<ArgumentException>(() => NamespaceReference.FromName(fits + "x"));
    }

    [Theory]
    [InlineData("run/netns/x")]
    [InlineData("")]
    [InlineData("/a\0b")]
    public void A_path_is_absolute(string path) =>
        Assert.Throws<ArgumentException>(() => NamespaceReference.FromPath(path));

    [Fact]
    public void Text_is_a_path_or_a_name_or_a_pid()
    {
        Assert.Equal("/x/y", NamespaceReference.Parse("/x/y").Path);
        Assert.Equal("blue", NamespaceReference.Parse("blue").Name);
        Assert.Equal("-1", NamespaceReference.Parse("-1").Name);
        Assert.Equal("/proc/42/ns/net", NamespaceReference.Parse("42").Path);
        Assert.Equal(NamespaceReference.FromProcess(42), NamespaceReference.Parse("42"));
    }

    [Theory]
    [InlineData("/run/netns/blue", "blue")]
    [InlineData("/run/netns/27127", "/run/netns/27127")]
    [InlineData("/run/netns/1", "/run/netns/1")]
    [InlineData("/run/netns/1a", "1a")]
    [InlineData("/proc/27127/ns/net", "/proc/27127/ns/net")]
    public void The_text_of_a_reference_leads_back_to_its_path(string path, string text)
    {
        Assert.Equal(text, $"{NamespaceReference.FromPath(path)}");
        Assert.Equal(path, NamespaceReference.Parse(text).Path);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("99999999999")]
    public void Digits_that_can_be_no_pid_are_refused(string text) =>
        Assert.Contains($"'{text}'", Assert.Throws<ArgumentException>(() => NamespaceReference.Parse(text)).Message);

    [Fact]
    public void A_pid_starts_at_1() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => NamespaceReference.FromProcess(0));
}
