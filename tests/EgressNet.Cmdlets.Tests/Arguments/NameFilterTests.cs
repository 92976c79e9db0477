using EgressNet.Arguments;

namespace EgressNet.Cmdlets.Tests.Arguments;

public sealed class NameFilterTests
{
    [Theory, InlineData(true), InlineData(false)]
    public void No_terms_match_everything(bool isNull)
    {
        NameFilter filter = new(isNull ? null : []);
        Assert.True(filter.Matches("eth0"));
        Assert.True(filter.Matches(""));
        Assert.Empty(filter.Unmatched);
        Assert.False(filter.HasWildcard);
    }

    [Theory]
    [InlineData("eth0", "eth0", true)]
    [InlineData("eth0", "Eth0", false)]
    [InlineData("eth0", "eth01", false)]
    [InlineData("eth*", "eth01", true)]
    [InlineData("eth*", "Eth0", false)]
    [InlineData("eth?", "eth0", true)]
    [InlineData("eth?", "eth01", false)]
    [InlineData("e[st]h0", "eth0", true)]
    [InlineData("e[st]h0", "exh0", false)]
    [InlineData("*", "", true)]
    [InlineData("eth`*", "eth0", false)]
    public void A_term_matches(string term, string text, bool expected) =>
        Assert.Equal(expected, new NameFilter([term]).Matches(text));

    [Fact]
    public void Case_counts_unless_told()
    {
        NameFilter filter = new(["FE80::*", "FD00::1"], ignoreCase: true);
        Assert.True(filter.Matches("fe80::1"));
        Assert.True(filter.Matches("fd00::1"));
        Assert.Empty(filter.Unmatched);
    }

    [Fact]
    public void A_literal_without_match_is_an_error_but_no_wildcard_is()
    {
        NameFilter filter = new(["eth0", "eth1", "wlan*"]);
        Assert.True(filter.HasWildcard);
        Assert.True(filter.Matches("eth1"));
        Assert.False(filter.Matches("lo"));
        Assert.Equal(["eth0"], filter.Unmatched);
    }

    [Fact]
    public void A_text_may_satisfy_several_terms()
    {
        NameFilter filter = new(["eth0", "eth*"]);
        Assert.True(filter.Matches("eth0"));
        Assert.Empty(filter.Unmatched);
    }

    [Fact]
    public void The_same_literal_twice_is_told_once() =>
        Assert.Equal(["eth0"], new NameFilter(["eth0", "eth0"]).Unmatched);
}
