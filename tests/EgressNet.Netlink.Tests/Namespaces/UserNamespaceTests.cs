using CliWrap.Buffered;
using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Namespaces;
using EgressNet.Testing;
using Xunit;

namespace EgressNet.Netlink.Tests.Namespaces;

/// <summary>Runs the explicit tests below as an ordinary user, in namespaces of that user's own.</summary>
public sealed class UserNamespaceTests
{
    private const string LimitFile = "/proc/sys/user/max_net_namespaces";

    private static readonly string s_program = Path.Combine(AppContext.BaseDirectory, "EgressNet.Netlink.Tests");

    private static readonly string[] s_asNobody =
        ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"];

    [Theory]
    [InlineData(nameof(Names_live_on_a_tmpfs_of_our_own))]
    [InlineData(nameof(A_failed_creation_leaves_nothing))]
    public void An_ordinary_user_can_do_it(string test)
    {
        Live.RequireTool("unshare");
        Assert.SkipWhen(Live.IsInUserNamespace, "This is a user namespace already.");
        string[] prefix = [.. Environment.IsPrivilegedProcess ? s_asNobody : [], "unshare", "-Urnm"];
        BufferedCommandResult probe = Run([.. prefix, "test", "-x", s_program]);
        Assert.SkipUnless(probe.IsSuccess, $"No ordinary user can run this here: {probe.StandardError.Trim()}");

        string method = $"{typeof(UserNamespaceTests).FullName}.{test}";
        BufferedCommandResult run = Run([.. prefix, s_program, "-explicit", "only", "-method", method]);

        Assert.True(run.IsSuccess, run.StandardOutput + run.StandardError);
        Assert.Contains("Total: 1, Errors: 0, Failed: 0, Skipped: 0", run.StandardOutput);
    }

    [Fact(Explicit = true)]
    public void Names_live_on_a_tmpfs_of_our_own()
    {
        string[] names = [LiveNamespace.NewName(), LiveNamespace.NewName(), LiveNamespace.NewName()];

        Parallel.ForEach(names, name => NetNamespaces.Create(name));

        string[] seenByIp = Tool.Run("ip", "netns", "list").Split('\n', ' ');
        Assert.Equal(names.Order(), seenByIp.Where(names.Contains).Order());
        Assert.Equal(names.Order(), NetNamespaces.List().Select(ns => ns.Name!));
        NetNamespaceSysctl.Write(NamespaceReference.FromName(names[0]), "net/ipv4/ip_forward", "1");
        NetNamespaces.Remove(names[0]);
        Tool.Run("ip", "netns", "del", names[1]);
        Assert.Equal([names[2]], NetNamespaces.List().Select(ns => ns.Name!));
    }

    [Fact(Explicit = true)]
    public void A_failed_creation_leaves_nothing()
    {
        File.WriteAllText(LimitFile, "1");

        NetNamespaceException fault = Assert.Throws<NetNamespaceException>(() => NetNamespaces.Create("one-more", TestContext.Current.CancellationToken));

        Assert.Equal(Errno.ENOSPC, fault.Errno);
        Assert.Empty(NetNamespaces.List());
    }

    private static BufferedCommandResult Run(string[] line) => Tool.Try(line[0], line[1..]);
}
