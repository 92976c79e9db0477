using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Links;
using EgressNet.Netlink.Namespaces;
using EgressNet.Netlink.Transport;
using EgressNet.Testing;
using Xunit;

namespace EgressNet.Netlink.Tests.Kernel;

/// <summary>A namespace of the live kernel with a connection of ours into it.</summary>
internal sealed class Rig : IDisposable
{
    public Rig()
    {
        Connection = Open();
        Handle = NamespaceReference.FromName(Ns.Name).Open();
    }

    public LiveNamespace Ns { get; } = new();

    public NetlinkConnection Connection { get; }

    public NetNamespaceHandle Handle { get; }

    /// <summary>A veth pair made by <c>ip</c>, both ends here and up, the first with 192.0.2.1/24 and fd00::1/64.</summary>
    public static Rig WithVeth(out int index)
    {
        Rig rig = new();
        rig.Ns.AddVeth();
        rig.Ns.IpBatch("address add 192.0.2.1/24 dev v0", "address add fd00::1/64 dev v0 nodad");

        // The kernel adds the local routes of IPv6 from a work queue, after the command has returned.
        Eventually.True(() => rig.Ns.Ip("-6 route show table local").Contains("local fd00::1 dev v0"));
        index = rig.IndexOf("v0");
        return rig;
    }

    public NetlinkConnection Open(NetlinkOptions? options = null) =>
        NetlinkConnection.Open(NamespaceReference.FromName(Ns.Name), options, TestContext.Current.CancellationToken);

    public int IndexOf(string name) => Connection.Links.Get(name).Index;

    public void Dispose()
    {
        Connection.Dispose();
        Handle.Dispose();
        Ns.Dispose();
    }

    public static int Errno(Action act) => (int)Assert.Throws<NetlinkException>(act).Errno;

    public static InetPrefix Prefix(string text) => InetPrefix.Parse(text);

    public static InetAddress Address(string text) => InetAddress.Parse(text);
}
