using EgressNet.Changes;
using EgressNet.Netlink;
using EgressNet.Netlink.Namespaces;

namespace EgressNet.Tests.Fakes;

/// <summary>The kernel's settings as a container sees them that has /proc/sys read-only.</summary>
internal sealed class ReadOnlySettings : IKernelSettings
{
    public const int EROFS = 30;

    private readonly KernelSettings _kernel = new();

    public string? Read(NamespaceReference ns, string setting) => _kernel.Read(ns, setting);

    public void Write(NamespaceReference ns, string setting, string value) => throw new NetNamespaceException(
        NetNamespaceError.AccessDenied, (Errno)EROFS, setting, $"Cannot set the setting to '{value}': Read-only ({setting}).");
}
