using EgressNet.Netlink.Namespaces;

namespace EgressNet.Changes;

/// <summary>The settings below /proc/sys of the running kernel.</summary>
internal sealed class KernelSettings : IKernelSettings
{
    /// <inheritdoc/>
    public string? Read(NamespaceReference ns, string setting) => NetNamespaceSysctl.Read(ns, setting);

    /// <inheritdoc/>
    public void Write(NamespaceReference ns, string setting, string value) => NetNamespaceSysctl.Write(ns, setting, value);
}
