using EgressNet.Changes;
using EgressNet.IPInterfaces;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.IPInterfaces;
using EgressNet.Netlink.Links;
using EgressNet.Netlink.Namespaces;
using EgressNet.Tests.Fakes;

namespace EgressNet.Tests.IPInterfaces;

public sealed class IPInterfaceWriterTests
{
    private static readonly string[] s_files =
    [
        "ipv4/conf/v0/forwarding", "ipv4/conf/v0/proxy_arp", "ipv4/conf/v0/rp_filter", "ipv6/conf/v0/forwarding",
        "ipv6/conf/v0/mtu", "ipv6/conf/v0/accept_ra", "ipv6/conf/v0/accept_dad", "ipv6/conf/v0/disable_ipv6",
    ];

    private static readonly IPInterfaceChange s_everything = new()
    {
        Forwarding = true, Mtu = 1400, ProxyArp = true, RpFilter = ReversePathFilter.Loose,
        AcceptRa = RouterAdvertisements.Always, Dad = DuplicateAddressDetection.Disabled, IsDisabled = true,
    };

    [Fact]
    public void All_is_set_where_it_differs_and_read_back()
    {
        using Rig rig = New();
        List<string> told = [];
        IReadOnlyList<IPInterface> now = Writer(rig, report: told.Add).Apply(Rows(rig), s_everything);
        Assert.Equal("1 1 2 1 1400 2 0 1", Seen(rig));
        Assert.Equal(1400u, rig.Connection.Links.Get(rig.Index).Mtu);
        Assert.Equal(now, rig.Connection.IPInterfaces.Get(rig.Index));
        Assert.Equal(IPInterfaceWriter.TextsOf(Before(now), s_everything), told);
        told.Clear();
        Writer(rig, report: told.Add).Apply(now, s_everything);
        Assert.Empty(told);

        // As they were, with the same names.
        static IReadOnlyList<IPInterface> Before(IReadOnlyList<IPInterface> rows) =>
        [
            .. rows.Select(row => row with
            {
                Forwarding = false, Mtu = 1500, ProxyArp = row.ProxyArp is null ? null : false,
                RpFilter = row.RpFilter is null ? null : ReversePathFilter.Disabled,
                AcceptRa = row.AcceptRa is null ? null : RouterAdvertisements.Enabled,
                Dad = row.Dad is null ? null : DuplicateAddressDetection.Enabled,
                IsDisabled = row.IsDisabled is null ? null : false,
            }),
        ];
    }

    [Fact]
    public void One_family_leaves_the_other_alone()
    {
        using Rig rig = New();
        Writer(rig).Apply(Rows(rig, AddressFamily.IPv6), new() { Forwarding = true, Mtu = 1300 });
        Assert.Equal("0 0 0 1 1300 1 1 0", Seen(rig));
        Assert.Equal(1500u, rig.Connection.Links.Get(rig.Index).Mtu);
    }

    [Theory, InlineData(false), InlineData(true)]
    public void What_fails_at_any_setting_is_undone_as_a_whole(bool isWritten)
    {
        FaultKind kind = isWritten ? FaultKind.ReplyLost : FaultKind.Refused;
        using Rig rig = New();
        string before = Seen(rig);
        Fault fault;
        int at = 0;
        do
        {
            fault = new Fault { At = ++at, Kind = kind };
            Exception? thrown = Record.Exception(() => Writer(rig, new FaultySettings(fault)).Apply(Rows(rig), s_everything));
            Assert.Equal(fault.HasStruck, thrown is NetNamespaceException);
            if (fault.HasStruck)
            {
                Assert.Equal($"{before} 1500", $"{Seen(rig)} {rig.Connection.Links.Get(rig.Index).Mtu}");
            }
        }
        while (fault.HasStruck);

        Assert.True(at > 6, $"{at} settings");
    }

    [Fact]
    public void A_name_that_has_passed_on_is_noticed_and_nothing_stays_set()
    {
        using Rig rig = New();
        IReadOnlyList<IPInterface> rows = Rows(rig);
        rig.Ns.IpBatch("link set v0 down", "link set v0 name old", "link set v1 down", "link set v1 name v0");
        Assert.Throws<SettingNotTakenException>(() => Writer(rig).Apply(rows, new() { Forwarding = true }));
        Assert.StartsWith("0 ", Seen(rig));
    }

    [Theory]
    [InlineData(AddressFamily.Unspecified, 1000, "*1280*IPv6*")]
    [InlineData(AddressFamily.IPv4, 1000, "*1280*IPv6*")]
    [InlineData(AddressFamily.IPv6, 1600, "*1600*1500*v0*")]
    public void What_the_kernel_would_do_beside_it_is_refused(AddressFamily family, int mtu, string text)
    {
        using Rig rig = New();
        ArgumentException refused = Assert.Throws<ArgumentException>(
            () => Writer(rig).Apply(Rows(rig, family), new() { Mtu = (uint)mtu, Forwarding = true }));
        Assert.Matches(text.Replace("*", ".*"), refused.Message);
        Assert.Equal("0 0 0 0 1500 1 1 0", Seen(rig));
    }

    [Fact]
    public void A_setting_of_the_other_family_is_refused()
    {
        using Rig rig = New();
        Assert.Contains("AcceptRa is a setting of IPv6", Assert.Throws<ArgumentException>(() => Writer(rig).Apply(
            Rows(rig, AddressFamily.IPv4), new() { AcceptRa = RouterAdvertisements.Disabled, Forwarding = true })).Message);
        Assert.Contains("RpFilter is a setting of IPv4", Assert.Throws<ArgumentException>(() => Writer(rig).Apply(
            Rows(rig, AddressFamily.IPv6), new() { RpFilter = ReversePathFilter.Strict, Forwarding = true })).Message);
        Assert.Equal("0 0 0 0 1500 1 1 0", Seen(rig));
    }

    private static Rig New()
    {
        Rig rig = new();
        rig.Ns.Set(
            "ipv4.conf.all.rp_filter=0", "ipv4.conf.v0.rp_filter=0", "ipv4.conf.v0.forwarding=0", "ipv6.conf.v0.forwarding=0",
            "ipv6.conf.v0.accept_ra=1", "ipv6.conf.v0.accept_dad=1");
        return rig;
    }

    private static IReadOnlyList<IPInterface> Rows(Rig rig, AddressFamily family = AddressFamily.Unspecified) =>
        rig.Connection.IPInterfaces.Get(rig.Connection.Links.Get("v0").Index, family);

    private static IPInterfaceWriter Writer(Rig rig, IKernelSettings? settings = null, Action<string>? report = null) =>
        new(rig.Conversation, settings ?? new KernelSettings(), rig.Namespace)
        {
            Report = report, Stopping = TestContext.Current.CancellationToken,
        };

    private static string Seen(Rig rig) => rig.Ns.Run(() => string.Join(
        ' ', s_files.Select(file => File.ReadAllText($"/proc/sys/net/{file}").Trim())));
}
