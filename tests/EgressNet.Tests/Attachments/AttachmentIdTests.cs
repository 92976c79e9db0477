using EgressNet.Attachments;

namespace EgressNet.Tests.Attachments;

public sealed class AttachmentIdTests
{
    private static readonly AttachmentId s_id = new("pods", "3f2a", "v4if0");

    [Fact]
    public void An_owner_s_tag_and_an_alias_are_read_back()
    {
        Assert.Equal("pods/3f2a/v4if0", s_id.Owner);
        Assert.Equal("egressnet:pods/3f2a/v4if0", s_id.Alias);
        Assert.Equal(s_id, AttachmentId.FromOwner(s_id.Owner));
        Assert.Equal(s_id, AttachmentId.FromAlias(s_id.Alias));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("pods/3f2a")]
    [InlineData("pods/3f2a/v4if0/x")]
    [InlineData("/3f2a/v4if0")]
    [InlineData("pods/-a/v4if0")]
    [InlineData("pods/a b/v4if0")]
    [InlineData("pods/a\n/v4if0")]
    [InlineData("pods/é/v4if0")]
    [InlineData("pods/3f2a/")]
    [InlineData("pods/3f2a/..")]
    [InlineData("pods/3f2a/a:b")]
    [InlineData("pods/3f2a/sixteen-bytes-xx")]
    public void What_is_no_owner_s_tag_is_nobody(string? owner)
    {
        Assert.Null(AttachmentId.FromOwner(owner));
        Assert.Null(AttachmentId.FromAlias($"egressnet:{owner}"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("pods/3f2a/v4if0")]
    [InlineData("EgressNet:pods/3f2a/v4if0")]
    [InlineData("uplink egressnet:pods/3f2a/v4if0")]
    public void An_alias_of_somebody_else_is_nobody_s(string? alias) => Assert.Null(AttachmentId.FromAlias(alias));

    [Fact]
    public void The_host_interface_name_is_stable_and_unique_to_the_id()
    {
        Assert.Matches("^veth[0-9a-f]{11}$", s_id.HostInterface);
        Assert.Equal(s_id.HostInterface, new AttachmentId("pods", "3f2a", "v4if0").HostInterface);
        string[] names =
        [
            s_id.HostInterface, (s_id with { Network = "pod" }).HostInterface,
            (s_id with { ContainerId = "3f2b" }).HostInterface, (s_id with { InterfaceName = "v6if0" }).HostInterface,
        ];
        Assert.Equal(4, names.Distinct().Count());
    }
}
