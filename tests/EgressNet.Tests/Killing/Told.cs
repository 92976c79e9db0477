using EgressNet.Changes;
using EgressNet.Netlink.Namespaces;
using EgressNet.Records;

namespace EgressNet.Tests.Killing;

/// <summary>The kernel's settings, each change told before it is made.</summary>
internal sealed class ToldSettings(Action changing) : IKernelSettings
{
    private readonly KernelSettings _kernel = new();

    public string? Read(NamespaceReference ns, string setting) => _kernel.Read(ns, setting);

    public void Write(NamespaceReference ns, string setting, string value)
    {
        changing();
        _kernel.Write(ns, setting, value);
    }
}

/// <summary>The file system, each change told before it is made.</summary>
internal sealed class ToldFiles(Action changing) : RecordFiles
{
    protected override void Change(string path, Action change)
    {
        changing();
        base.Change(path, change);
    }
}
