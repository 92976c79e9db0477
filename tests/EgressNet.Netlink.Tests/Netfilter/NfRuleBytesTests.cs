using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Netfilter;
using Xunit;
using static EgressNet.Netlink.Tests.Netfilter.NfEncoded;
using static EgressNet.Netlink.Tests.Wire.Encoded;

namespace EgressNet.Netlink.Tests.Netfilter;

/// <summary>Expected bytes are those that <c>nft</c> 1.0.6 sends.</summary>
public sealed class NfRuleBytesTests
{
    private const string InTC = "01 00 0000 0600 0100 7400 0000 0600 0200 6300 0000";
    [Theory, MemberData(nameof(NfCapturedRules.All), MemberType = typeof(NfCapturedRules), DisableDiscoveryEnumeration = true)]
    public void A_rule_goes_as_nft_sends_it_and_is_read_back(string rule, NfExpression[] expressions, string hex)
    {
        NfRule ours = new() { Table = "t", Chain = "c", Expressions = expressions };
        string expected = Hex(InTC) + Nest(4, hex);

        Assert.Equal((rule, expected), (rule, Item(each => each.Add(ours), out NLM_F flags)));
        Assert.Equal(NLM_F.NLM_F_CREATE | NLM_F.NLM_F_APPEND, flags);
        Assert.True(NfRuleMessage.TryRead(Message(NfMessageType.NewRule, expected), out NfRule read));
        Assert.Equal(ours, read);
    }

    [Fact]
    public void A_rule_is_inserted_behind_a_comment_and_deleted_by_its_handle()
    {
        NfRule rule = new()
        {
            Table = "t",
            Chain = "c",
            Position = 7,
            Handle = 5,
            UserData = NfUserData.Empty.WithComment("hello"),
        };
        Assert.Equal(
            Hex(InTC, "0400 0480", "0c00 0600 0000000000000007", "0c00 0700 00 06 68656c6c6f00"),
            Item(each => each.Insert(rule), out NLM_F flags));
        Assert.Equal(NLM_F.NLM_F_CREATE, flags);

        // nft delete rule inet t c handle 5
        Assert.Equal(Hex(InTC, "0c00 0300 0000000000000005"), Item(each => each.Delete(rule)));
        Assert.Throws<ArgumentException>(() => Item(each => each.Delete(rule with { Handle = 0 })));
    }

    [Fact]
    public void What_is_not_modelled_is_kept_byte_for_byte()
    {
        // A log of no options and something later than we are; then a bitwise shift, which is known by name alone.
        string hex = Hex(InTC) + Nest(
            4,
            Hex(
                "1000 0180 0800 0100 6c6f6700 0400 0280",
                "2800 0180 0b00 0100 64796e73657400 00 1800 0280 0800 0100 61620000 0c00 0900 0000000000000001",
                "2c00 0180 0c00 0100 6269747769736500 1c00 0280 0800 0100 00000001 0800 0200 00000001 0800 0600 00000001"));
        Assert.True(NfRuleMessage.TryRead(Message(NfMessageType.NewRule, hex), out NfRule rule));

        Assert.All(rule.Expressions, each => Assert.IsType<NfOtherExpression>(each));
        Assert.Equal(hex, Item(each => each.Add(rule)));
    }

    private static string Nest(int type, string content) =>
        $"{Convert.ToHexStringLower(BitConverter.GetBytes((ushort)(4 + content.Length / 2)))}{type:x2}80{content}";
}
