using EgressNet.Cni;

namespace EgressNet.Tests.Cni;

public sealed class CniResultTests
{
    [Fact]
    public void A_result_of_1_0_0_and_later_is_read()
    {
        CniResult result = CniResult.Parse("""
            {
                "cniVersion": "1.1.0",
                "ips": [
                    { "address": "169.254.172.5/22", "gateway": "169.254.172.1" },
                    { "address": "fd00:ec2::5/128", "gateway": "fd00:ec2::1", "interface": 1 }
                ],
                "interfaces": [ { "name": "veth1" }, { "name": "eth0", "sandbox": "/run/netns/blue", "mtu": 1500 } ],
                "routes": [
                    { "dst": "0.0.0.0/0" },
                    { "dst": "::/0", "gw": "fd00:ec2::2", "mtu": 1400, "priority": 3 },
                    { "dst": "10.9.0.0/16", "advmss": 1360, "table": 100, "scope": 253, "mtu": 0 }
                ],
                "dns": { "nameservers": ["10.1.0.1"] }
            }
            """);
        Assert.Equal(
            ["169.254.172.5/22 169.254.172.1", "fd00:ec2::5/128 fd00:ec2::1"],
            result.Addresses.Select(each => $"{each.Address} {each.Gateway}"));
        Assert.Equal([null, "/run/netns/blue"], result.Addresses.Select(each => each.Sandbox));
        Assert.Equal(
            [
                "0.0.0.0/0", "::/0 via fd00:ec2::2 metric 3 mtu 1400",
                "10.9.0.0/16 table 100 scope link advmss 1360",
            ],
            result.Routes.Select(each => $"{each}"));
    }

    [Theory, InlineData("0.3.0"), InlineData("0.3.1"), InlineData("0.4.0")]
    public void A_result_with_ip_versions_is_read(string version)
    {
        CniResult result = CniResult.Parse($$"""
            { "cniVersion": "{{version}}",
              "ips": [ { "version": "4", "address": "10.1.2.3/24", "gateway": "10.1.2.1" } ], "dns": {} }
            """);
        Assert.Equal("10.1.2.3/24", Assert.Single(result.Addresses).Address.ToString());
        Assert.Empty(result.Routes);
    }

    [Theory, InlineData("0.1.0"), InlineData("0.2.0")]
    public void A_result_of_0_2_0_and_before_is_read(string version)
    {
        CniResult result = CniResult.Parse($$"""
            { "cniVersion": "{{version}}",
              "ip4": { "ip": "10.1.2.3/24", "gateway": "10.1.2.1", "routes": [ { "dst": "10.9.9.9/8", "gw": "" } ] },
              "ip6": { "ip": "fd00::3/64", "gateway": "fd00::1", "routes": [ { "dst": "::/0" } ] } }
            """);
        Assert.Equal(["10.1.2.3/24", "fd00::3/64"], result.Addresses.Select(each => each.Address.ToString()));
        Assert.Equal(["10.0.0.0/8", "::/0"], result.Routes.Select(each => each.Destination.ToString()));
        Assert.All(result.Routes, route => Assert.True(route.Gateway.IsNone));
    }

    [Fact]
    public void Nulls_are_as_good_as_absent()
    {
        CniResult result = CniResult.Parse("""
            { "ips": [ { "address": "10.1.2.3/24", "gateway": "10.1.2.1" } ], "routes": null, "ip4": null, "ip6": null }
            """);
        Assert.Single(result.Addresses);
        Assert.Empty(result.Routes);
    }

    [Theory]
    [InlineData("{'ips':[{'address':'10.1.2.3/24'}]}")]
    [InlineData("{'ips':[{'address':'10.1.2.3/24','gateway':''}]}")]
    [InlineData("{'ip4':{'ip':'10.1.2.3/24'}}")]
    public void An_address_may_have_no_gateway(string text) =>
        Assert.True(Assert.Single(CniResult.Parse(text.Replace('\'', '"')).Addresses).Gateway.IsNone);

    [Fact]
    public void Half_a_surrogate_pair_is_no_text() =>
        Assert.Throws<CniFormatException>(() => CniResult.Parse($"{{\"ips\":[{{\"address\":\"{(char)0xd800}\"}}]}}"));

    [Fact]
    public void A_configuration_is_read_as_the_result_in_it()
    {
        CniResult result = CniResult.Parse("""
            { "cniVersion": "1.0.0", "name": "pods", "type": "egress",
              "prevResult": { "ips": [ { "address": "10.1.2.3/24", "gateway": "10.1.2.1" } ] } }
            """);
        Assert.Equal("10.1.2.3/24", Assert.Single(result.Addresses).Address.ToString());
    }

    [Theory]
    [InlineData("", "This is not JSON: ")]
    [InlineData("{", "This is not JSON: ")]
    [InlineData("hello", "This is not JSON: ")]
    [InlineData("{}{}", "This is not JSON: ")]
    [InlineData("[]", "A CNI result is a JSON object, and this is a list.")]
    [InlineData("null", "A CNI result is a JSON object, and this is null.")]
    [InlineData("7", "A CNI result is a JSON object, and this is 7.")]
    [InlineData("\"x\"", "A CNI result is a JSON object, and this is \"x\".")]
    [InlineData("{}", "This CNI result has no addresses ('ips' is absent or empty).")]
    [InlineData("{'ips':[]}", "This CNI result has no addresses ('ips' is absent or empty).")]
    [InlineData("{'ips':null}", "This CNI result has no addresses ('ips' is absent or empty).")]
    [InlineData("{'ips':{}}", "'ips' is not a list but an object.")]
    [InlineData("{'ips':'x'}", "'ips' is not a list but \"x\".")]
    [InlineData("{'code':11,'msg':'no addresses left'}", "This is a CNI error, not a result: code 11, 'no addresses left'.")]
    [InlineData("{'ips':['10.1.2.3/24']}", "ips[0] is not an object but \"10.1.2.3/24\".")]
    [InlineData("{'ips':[{}]}", "ips[0].address is '', not an address with a prefix length.")]
    [InlineData("{'ips':[{'address':7}]}", "ips[0].address is not text but 7.")]
    [InlineData("{'ips':[{'address':'10.1.2.3'}]}", "ips[0].address is '10.1.2.3', not an address with a prefix length.")]
    [InlineData("{'ips':[{'address':'10.1.2.3/33'}]}", "ips[0].address is '10.1.2.3/33', not an address with a prefix length.")]
    [InlineData("{'ips':[{'address':'10.1.2.3/24','gateway':'x'}]}", "ips[0].gateway is 'x', not an IP address.")]
    [InlineData("{'ips':[{'address':'10.1.2.3/24','gateway':[]}]}", "ips[0].gateway is not text but a list.")]
    [InlineData(
        "{'ips':[{'address':'10.1.2.3/24','gateway':'fd00::1'}]}",
        "ips[0] mixes two families: address 10.1.2.3/24, gateway fd00::1.")]
    [InlineData(
        "{'ips':[{'address':'10.1.2.3/24','gateway':'10.1.2.1'},{'address':'x'}]}",
        "ips[1].address is 'x', not an address with a prefix length.")]
    [InlineData("{'ip6':{'ip':'10.1.2.3/24','gateway':'fd00::1'}}", "ip6 mixes two families: address 10.1.2.3/24, gateway fd00::1.")]
    [InlineData("{'ip4':'10.1.2.3/24'}", "ip4 is not an object but \"10.1.2.3/24\".")]
    [InlineData(Good + "'routes':{}}", "'routes' is not a list but an object.")]
    [InlineData(Good + "'routes':[7]}", "routes[0] is not an object but 7.")]
    [InlineData(Good + "'routes':[{}]}", "routes[0].dst is '', not a prefix.")]
    [InlineData(Good + "'routes':[{'dst':'0.0.0.0/0'},{'dst':'default'}]}", "routes[1].dst is 'default', not a prefix.")]
    [InlineData(Good + "'routes':[{'dst':'0.0.0.0/0','gw':'x'}]}", "routes[0].gw is 'x', not an IP address.")]
    [InlineData(Good + "'routes':[{'dst':'0.0.0.0/0','gw':7}]}", "routes[0].gw is not text but 7.")]
    [InlineData(
        Good + "'routes':[{'dst':'0.0.0.0/0','src':'10.1.2.3'}]}",
        "routes[0].src is unknown and cannot be applied.")]
    [InlineData(
        Good + "'routes':[{'dst':'0.0.0.0/0','mtu':65521}]}", "routes[0].mtu is 65521, not a number from 0 to 65520.")]
    [InlineData(
        Good + "'routes':[{'dst':'0.0.0.0/0','mtu':'1400'}]}", "routes[0].mtu is \"1400\", not a number from 0 to 65520.")]
    [InlineData(
        Good + "'routes':[{'dst':'0.0.0.0/0','priority':-1}]}",
        "routes[0].priority is -1, not a number from 0 to 4294967295.")]
    [InlineData(
        Good + "'routes':[{'dst':'0.0.0.0/0','table':0}]}", "routes[0].table is 0, not a number from 1 to 4294967295.")]
    [InlineData(
        Good + "'routes':[{'dst':'0.0.0.0/0','scope':255}]}", "routes[0].scope is 255, not a number from 0 to 254.")]
    [InlineData(
        "{'ips':[{'address':'10.1.2.3/24','interface':2}],'interfaces':[{}]}",
        "ips[0].interface is 2, and there are 1 interfaces.")]
    [InlineData("{'ips':[{'address':'10.1.2.3/24','mask':1}]}", "ips[0].mask is unknown and cannot be applied.")]
    [InlineData(
        Good + "'routes':[{'dst':'10.9.0.0/16','gw':'10.1.2.1','scope':253}]}",
        "routes[0].gw is '10.1.2.1', and scope 253 has no gateway.")]
    [InlineData(
        "{'prevResult':{'code':7,'msg':'none','details':'d'}}", "This is a CNI error, not a result: code 7, 'none' (d).")]
    [InlineData(Good + "'routes':[{'dst':'::/0'}]}", "routes: '::/0' is IPv6, and no address is.")]
    [InlineData(Good + "'ips':[]}", "This is not JSON: ")]
    [InlineData("{'ips':[{'address':'\\ud800'}]}", "This is not JSON: a text in it is not valid Unicode.")]
    [InlineData(
        "{'code':11,'msg':'no addresses left','details':'range 10.0.0.0/30'}",
        "This is a CNI error, not a result: code 11, 'no addresses left' (range 10.0.0.0/30).")]
    public void What_is_wrong_is_said(string text, string message)
    {
        string said = Assert.Throws<CniFormatException>(() => CniResult.Parse(text.Replace('\'', '"'))).Message;
        Assert.True(message.EndsWith(": ") ? said.StartsWith(message) : said == message, said);
    }

    private const string Good = "{'ips':[{'address':'10.1.2.3/24','gateway':'10.1.2.1'}],";
}
