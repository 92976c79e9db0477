using EgressNet.Netlink.Namespaces;

namespace EgressNet.Changes;

/// <summary>The settings below /proc/sys/net of network namespaces.</summary>
internal interface IKernelSettings
{
    /// <summary>Reads a setting.</summary>
    /// <param name="setting">Its path below /proc/sys.</param>
    /// <returns>Its value; null where the kernel has none of that name there.</returns>
    string? Read(NamespaceReference ns, string setting);

    /// <summary>Changes a setting.</summary>
    /// <param name="setting">Its path below /proc/sys.</param>
    void Write(NamespaceReference ns, string setting, string value);
}
