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

    [Theory, MemberData(nameof(NfCapturedRules.Names), MemberType = typeof(NfCapturedRules))]
    public void A_rule_goes_as_nft_sends_it_and_is_read_back(string rule)
    {
        (_, NfExpression[] expressions, string hex) = NfCapturedRules.All.Single(each => each.Rule == rule);
        NfRule ours = new() { Table = "t", Chain = "c", Expressions = expressions };
        string expected = Hex(InTC) + Nest(4, hex);

        Assert.Equal((rule, expected), (rule, Item(each => each.Add(ours), out NLM_F flags)));
        Assert.Equal(NLM_F.NLM_F_CREATE | NLM_F.NLM_F_APPEND, flags);
        Assert.True(NfRule.TryRead(Message(NfMessageType.NewRule, expected), out NfRule read));
        Assert.Equal(("t", "c"), (read.Table, read.Chain));
        Assert.Equal(expressions, read.Expressions);
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
        Assert.True(NfRule.TryRead(Message(NfMessageType.NewRule, hex), out NfRule rule));

        Assert.All(rule.Expressions, each => Assert.IsType<NfOtherExpression>(each));
        Assert.Equal(hex, Item(each => each.Add(rule)));
    }

    private static string Nest(int type, string content) =>
        $"{Convert.ToHexStringLower(BitConverter.GetBytes((ushort)(4 + content.Length / 2)))}{type:x2}80{content}";
}
