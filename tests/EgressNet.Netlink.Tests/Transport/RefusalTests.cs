using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Links;
using EgressNet.Netlink.Routes;
using EgressNet.Netlink.Tests.Fakes;
using EgressNet.Netlink.Transport;
using EgressNet.Netlink.Wire;
using Xunit;

namespace EgressNet.Netlink.Tests.Transport;

public sealed class RefusalTests
{
    private const int TextOf = 1;
    private const int OffsetOf = 2;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_refusal_carries_operation_errno_text_and_attribute(bool capped)
    {
        byte[] details = [.. Reply.Text(TextOf, "Nexthop has invalid gateway"), .. Reply.Attribute(OffsetOf, 44)];
        NetlinkException error = Refuse(sent =>
            capped ? Reply.Error(sent, 101, details) : Reply.UncappedError(sent, 101, details));

        Assert.Equal("add route", error.Operation.ToString());
        Assert.Equal((101, "ENETUNREACH"), ((int)error.Errno, error.ErrnoName));
        Assert.Equal("Nexthop has invalid gateway", error.KernelMessage);
        Assert.Equal("RTA_GATEWAY", error.Attribute);
        Assert.Contains("ENETUNREACH", error.Message, StringComparison.Ordinal);
        Assert.Contains("Nexthop has invalid gateway", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_refusal_without_details_is_an_errno_alone(bool capped)
    {
        NetlinkException error = Refuse(sent => capped ? Reply.Error(sent, 1) : Reply.UncappedError(sent, 1));

        Assert.Equal((1, "EPERM"), ((int)error.Errno, error.ErrnoName));
        Assert.Null(error.KernelMessage);
        Assert.Null(error.Attribute);
    }

    [Fact]
    public void An_errno_without_a_name_here_is_called_by_its_number()
    {
        NetlinkException error = Refuse(sent => Reply.Error(sent, 4000));

        Assert.Equal((4000, "E4000"), ((int)error.Errno, error.ErrnoName));
        Assert.Contains("4000", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_without_NUL_and_unknown_details_are_read_too()
    {
        byte[] details = [.. Reply.Attribute(99, [1, 2, 3]), .. Reply.Attribute(TextOf, "no"u8)];

        Assert.Equal("no", Refuse(sent => Reply.Error(sent, 22, details)).KernelMessage);
    }

    [Theory]
    [InlineData(0u, "header")]
    [InlineData(27u, "header")]
    [InlineData(28u, "RTA_DST")]
    [InlineData(36u, "RTA_OIF")]
    [InlineData(51u, "RTA_GATEWAY")]
    [InlineData(52u, null)]
    [InlineData(uint.MaxValue, null)]
    public void An_offset_names_the_attribute_that_it_falls_into(uint offset, string? attribute) =>
        Assert.Equal(attribute, Refuse(sent => Reply.Error(sent, 22, Reply.Attribute(OffsetOf, offset))).Attribute);

    [Fact]
    public void A_missing_attribute_is_named() =>
        Assert.Equal(
            "missing RTA_OIF",
            Refuse(sent => Reply.Error(sent, 22, Reply.Attribute(5, (uint)RTA.RTA_OIF))).Attribute);

    [Fact]
    public void An_offset_into_a_nest_gives_the_path()
    {
        // Header 16, ifinfomsg 16, IFLA_IFNAME 8: IFLA_LINKINFO at 40, IFLA_INFO_KIND at 44.
        FakeKernel kernel = FakeKernel.Scripted(sent => [Reply.Error(sent, 95, Reply.Attribute(OffsetOf, 44))]);
        using NetlinkConnection connection = new(kernel);

        NetlinkException error = Assert.Throws<NetlinkException>(() => connection.Links.Create(new NewLink { Name = "a", Kind = new LinkKind("nokind") }));
        Assert.Equal("IFLA_LINKINFO/IFLA_INFO_KIND", error.Attribute);
    }

    [Fact]
    public void An_offset_into_the_metrics_gives_the_path()
    {
        // RTA_OIF ends at 44: RTA_METRICS at 44, RTAX_MTU at 48, RTAX_HOPLIMIT at 56.
        FakeKernel kernel = FakeKernel.Scripted(sent => [Reply.Error(sent, 22, Reply.Attribute(OffsetOf, 56))]);
        using NetlinkConnection connection = new(kernel);
        RouteMetrics metrics = new() { [RouteMetric.Mtu] = 1400, [RouteMetric.HopLimit] = 999 };

        NetlinkException error = Assert.Throws<NetlinkException>(() =>
            connection.Routes.Write(Sample with { Gateway = default, Metrics = metrics }));
        Assert.Equal("RTA_METRICS/RTAX_HOPLIMIT", error.Attribute);
    }

    [Fact]
    public void A_warning_beside_success_is_success()
    {
        FakeKernel kernel = FakeKernel.Scripted(sent => [Reply.Error(sent, 0, Reply.Text(TextOf, "Careful"))]);
        using NetlinkConnection connection = new(kernel);

        connection.Routes.Write(Sample);
        Assert.Single(kernel.Sent);
    }

    [Theory]
    [InlineData(2147483643u)]
    [InlineData(2147483644u)]
    [InlineData(uint.MaxValue)]
    [InlineData(60u)]
    [InlineData(0u)]
    public void A_false_length_in_an_echoed_request_loses_only_the_details(uint length)
    {
        FakeKernel kernel = FakeKernel.Scripted(sent =>
        {
            byte[] lying = sent.Bytes[..16];
            BitConverter.TryWriteBytes(lying, length);
            byte[] body = [.. BitConverter.GetBytes(-22), .. lying, .. Reply.Text(TextOf, "text")];
            return [Reply.Message((ushort)NLMSG.NLMSG_ERROR, sent.Sequence, body, NLM_F.NLM_F_ACK_TLVS)];
        });
        using NetlinkConnection connection = new(kernel);

        Exception error = Assert.ThrowsAny<Exception>(() => connection.Routes.Write(Sample));
        Assert.True(error is NetlinkException { Errno: Errno.EINVAL } or NetlinkFormatException, error.ToString());
    }

    [Theory]
    [InlineData(22)]
    [InlineData(int.MinValue)]
    public void An_errno_of_the_wrong_sign_is_malformed(int raw)
    {
        FakeKernel kernel = FakeKernel.Scripted(sent =>
            [Reply.Message((ushort)NLMSG.NLMSG_ERROR, sent.Sequence, [.. BitConverter.GetBytes(raw), .. new byte[16]])]);
        using NetlinkConnection connection = new(kernel);

        Assert.Throws<NetlinkFormatException>(() => connection.Routes.Write(Sample));
    }

    private static Route Sample => new()
    {
        Destination = InetPrefix.Parse("10.0.0.0/8"),
        Gateway = InetAddress.Parse("192.0.2.1"),
        InterfaceIndex = 2,
    };

    private static NetlinkException Refuse(Func<SentMessage, byte[]> answer)
    {
        FakeKernel kernel = FakeKernel.Scripted(sent => [answer(sent)]);
        using NetlinkConnection connection = new(kernel);
        return Assert.Throws<NetlinkException>(() => connection.Routes.Write(Sample));
    }
}
