using System.Management.Automation;
using EgressNet.Addresses;
using EgressNet.Attachments;
using EgressNet.Changes;
using EgressNet.Cni;
using EgressNet.Errors;
using EgressNet.Netlink;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Namespaces;
using EgressNet.Netlink.Transport;
using EgressNet.Veths;

namespace EgressNet.Cmdlets.Tests.Errors;

public sealed class ErrorRecordsTests
{
    private const int EPERM = 1, ENOENT = 2, ESRCH = 3, ENOMEM = 12, EACCES = 13, EBUSY = 16, EEXIST = 17, ENODEV = 19,
        EINVAL = 22, ENFILE = 23, EMFILE = 24, ERANGE = 34, EOPNOTSUPP = 95, EAFNOSUPPORT = 97, EADDRNOTAVAIL = 99,
        ENETUNREACH = 101, ENOBUFS = 105, EHOSTUNREACH = 113, EIO = 5;

    private static readonly Dictionary<string, Subject> s_subjects = new()
    {
        ["Route"] = Subject.Route,
        ["Address"] = Subject.Address,
        ["Interface"] = Subject.Interface,
        ["NetNamespace"] = Subject.NetNamespace,
    };

    [Theory]
    [InlineData("Route", EEXIST, "RouteAlreadyExists", ErrorCategory.ResourceExists)]
    [InlineData("Address", EEXIST, "AddressAlreadyExists", ErrorCategory.ResourceExists)]
    [InlineData("Interface", EEXIST, "InterfaceAlreadyExists", ErrorCategory.ResourceExists)]
    [InlineData("NetNamespace", EEXIST, "NetNamespaceAlreadyExists", ErrorCategory.ResourceExists)]
    [InlineData("Route", ESRCH, "RouteNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("Route", ENOENT, "RouteNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("Address", EADDRNOTAVAIL, "AddressNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("Interface", ENOENT, "InterfaceNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("NetNamespace", ENOENT, "NetNamespaceNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("Route", ENODEV, "InterfaceNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("Address", ENODEV, "InterfaceNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("Route", EPERM, "NetAdminRequired", ErrorCategory.PermissionDenied)]
    [InlineData("Address", EPERM, "NetAdminRequired", ErrorCategory.PermissionDenied)]
    [InlineData("Route", EACCES, "NetAdminRequired", ErrorCategory.PermissionDenied)]
    [InlineData("Address", EACCES, "IPv6Disabled", ErrorCategory.InvalidOperation)]
    [InlineData("Route", EINVAL, "InvalidRequest", ErrorCategory.InvalidArgument)]
    [InlineData("Interface", ERANGE, "InvalidRequest", ErrorCategory.InvalidArgument)]
    [InlineData("Route", ENETUNREACH, "NextHopUnreachable", ErrorCategory.InvalidArgument)]
    [InlineData("Route", EHOSTUNREACH, "NextHopUnreachable", ErrorCategory.InvalidArgument)]
    [InlineData("Route", EOPNOTSUPP, "NotSupportedByKernel", ErrorCategory.NotImplemented)]
    [InlineData("Address", EAFNOSUPPORT, "NotSupportedByKernel", ErrorCategory.NotImplemented)]
    [InlineData("Interface", EBUSY, "ResourceBusy", ErrorCategory.ResourceBusy)]
    [InlineData("Route", ENOBUFS, "ResourceUnavailable", ErrorCategory.ResourceUnavailable)]
    [InlineData("Route", ENOMEM, "ResourceUnavailable", ErrorCategory.ResourceUnavailable)]
    [InlineData("Route", EMFILE, "ResourceUnavailable", ErrorCategory.ResourceUnavailable)]
    [InlineData("Route", ENFILE, "ResourceUnavailable", ErrorCategory.ResourceUnavailable)]
    [InlineData("Route", EIO, "KernelRefused", ErrorCategory.InvalidOperation)]
    [InlineData("Route", 250, "KernelRefused", ErrorCategory.InvalidOperation)]
    public void An_errno_becomes(string subject, int errno, string id, ErrorCategory category)
    {
        NetlinkException fault = new(
            new("add", NetlinkObject.Link), (Errno)errno, "the kernel's words", "RTA_GATEWAY");
        ErrorRecord? error = fault.ToFailedError(s_subjects[subject], "10.0.0.0/8");

        Assert.NotNull(error);
        Assert.Equal(id, error.FullyQualifiedErrorId);
        Assert.Equal(category, error.CategoryInfo.Category);
        Assert.Equal("10.0.0.0/8", error.TargetObject);
        Assert.Same(fault, error.Exception);
        Assert.StartsWith($"10.0.0.0/8: {fault.Operation}: ", error.ErrorDetails.Message);
        Assert.Contains("the kernel's words", error.ErrorDetails.Message);
        Assert.Contains("RTA_GATEWAY", error.ErrorDetails.Message);
    }

    [Fact]
    public void Several_names_are_told_as_such() => Assert.StartsWith(
        "10.0.0.5, 10.0.0.6: list rules: ",
        new NetlinkException(new("list", NetlinkObject.Rule) { IsMany = true }, Errno.EPERM)
            .ToFailedError(Subject.Route, (string[])["10.0.0.5", "10.0.0.6"])!.ErrorDetails.Message);

    [Theory]
    [InlineData(NetNamespaceError.NotFound, "NetNamespaceNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData(NetNamespaceError.NotANamespace, "NotANetNamespace", ErrorCategory.InvalidArgument)]
    [InlineData(NetNamespaceError.AccessDenied, "NetAdminRequired", ErrorCategory.PermissionDenied)]
    [InlineData(NetNamespaceError.AlreadyExists, "NetNamespaceAlreadyExists", ErrorCategory.ResourceExists)]
    public void A_namespace_s_fault_becomes(NetNamespaceError reason, string id, ErrorCategory category) =>
        Check(Unusable(reason), id, category);

    [Fact]
    public void Every_namespace_s_fault_becomes_an_error() => Assert.All(
        Enum.GetValues<NetNamespaceError>(),
        reason => Assert.NotNull(Unusable(reason).ToFailedError(Subject.Route, "x")));

    [Fact]
    public void What_the_second_floor_refuses_becomes()
    {
        Check(
            new AttachmentException(AttachmentError.NamespaceChanged, "m"),
            "NetNamespaceChanged",
            ErrorCategory.ResourceUnavailable);
        Check(new VethException(VethError.SameNamespace, "m"), "NetNamespaceIsOwn", ErrorCategory.InvalidArgument);
        Check(new VethException(VethError.HostNameTaken, "m"), "InterfaceAlreadyExists", ErrorCategory.ResourceExists);
        Check(
            new VethException(VethError.ContainerNameTaken, "m"), "InterfaceAlreadyExists", ErrorCategory.ResourceExists);
        Check(new AddressUnusableException(true, "m"), "AddressDuplicate", ErrorCategory.ResourceExists);
        Check(new AddressUnusableException(false, "m"), "AddressTentative", ErrorCategory.OperationTimeout);
        Check(new UndoFailedException(new IOException("m"), ["x"]), "UndoFailed", ErrorCategory.InvalidOperation);
        Check(new CniFormatException("m"), "InvalidCniResult", ErrorCategory.InvalidData);
        Check(
            new NetlinkTransportException(NetlinkTransportError.TimedOut, "m"),
            "KernelConversationFailed",
            ErrorCategory.ConnectionError);
        Check(new ArgumentException("m"), "InvalidArgument", ErrorCategory.InvalidArgument);
    }

    [Theory, InlineData(EOPNOTSUPP), InlineData(EAFNOSUPPORT)]
    public void A_kernel_without_IPv6_says_so(int errno)
    {
        ErrorRecord error = new NetlinkException(
            new("add", NetlinkObject.Address, AddressFamily.IPv6), (Errno)errno).ToFailedError(Subject.Address, "fd00::1")!;
        Assert.Equal("IPv6NotSupported", error.FullyQualifiedErrorId);
        Assert.Equal(ErrorCategory.NotImplemented, error.CategoryInfo.Category);
        Assert.EndsWith("This kernel has no IPv6.", error.ErrorDetails.Message);
    }

    [Fact]
    public void A_defect_is_nobody_s_error()
    {
        Assert.Null(new NullReferenceException().ToFailedError(Subject.Route, null));
        Assert.Null(new InvalidOperationException().ToFailedError(Subject.Route, null));
        Assert.Null(new PipelineStoppedException().ToFailedError(Subject.Route, null));
        Assert.Null(new OperationCanceledException().ToFailedError(Subject.Route, null));
    }

    [Fact]
    public void Missing_rights_come_with_advice_that_does_not_say_root_only()
    {
        ErrorRecord error = new NetlinkException(new("add", NetlinkObject.Route), Errno.EPERM).ToFailedError(Subject.Route, null)!;
        Assert.Contains("CAP_NET_ADMIN", error.ErrorDetails.RecommendedAction);
        Assert.Contains("unshare", error.ErrorDetails.RecommendedAction);
        Assert.StartsWith("add route", error.ErrorDetails.Message);
    }

    private static void Check(Exception fault, string id, ErrorCategory category)
    {
        ErrorRecord error = Assert.IsType<ErrorRecord>(fault.ToFailedError(Subject.Interface, "it"));
        Assert.Equal(id, error.FullyQualifiedErrorId);
        Assert.Equal(category, error.CategoryInfo.Category);
        Assert.Equal("it", error.TargetObject);
        Assert.Same(fault, error.Exception);
    }

    private static NetNamespaceException Unusable(NetNamespaceError reason) =>
        (NetNamespaceException)Activator.CreateInstance(
            typeof(NetNamespaceException),
            System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.NonPublic
                | System.Reflection.BindingFlags.Public,
            null,
            [reason, Errno.None, "/run/netns/x", "m"],
            null)!;
}
