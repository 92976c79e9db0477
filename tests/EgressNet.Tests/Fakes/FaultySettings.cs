using EgressNet.Changes;
using EgressNet.Netlink;
using EgressNet.Netlink.Namespaces;

namespace EgressNet.Tests.Fakes;

/// <summary>The kernel's settings, but for one that goes wrong when it is written.</summary>
internal sealed class FaultySettings(Fault fault) : IKernelSettings
{
    private readonly KernelSettings _kernel = new();

    public string? Read(NamespaceReference ns, string setting)
    {
        ThrowIfStruck(ns, setting, isQuestion: true, () => _kernel.Read(ns, setting));
        return _kernel.Read(ns, setting);
    }

    public void Write(NamespaceReference ns, string setting, string value)
    {
        ThrowIfStruck(ns, setting, isQuestion: false, () => _kernel.Write(ns, setting, value));
        _kernel.Write(ns, setting, value);
    }

    private void ThrowIfStruck(NamespaceReference ns, string setting, bool isQuestion, Action really)
    {
        if (!fault.Strikes(isQuestion))
        {
            return;
        }

        if (fault.Kind == FaultKind.ReplyLost)
        {
            really();
        }

        throw new NetNamespaceException(NetNamespaceError.Failed, (Errno)fault.Errno, setting, $"No luck with {setting} in {ns}.");
    }
}
