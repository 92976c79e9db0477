using System.Runtime.InteropServices;
using EgressNet.Netlink.Interop;

namespace EgressNet.Netlink.Transport;

/// <summary>A request that the kernel refused, with everything it said about why.</summary>
public sealed class NetlinkException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="operation">What was asked, such as <c>add route</c>.</param>
    /// <param name="errno">The positive errno number.</param>
    /// <param name="kernelMessage">The extended-acknowledgement text, if the kernel gave one.</param>
    /// <param name="attribute">The attribute it points at, by C name where known.</param>
    public NetlinkException(string operation, int errno, string? kernelMessage = null, string? attribute = null)
        : base(Describe(operation, errno, kernelMessage, attribute))
    {
        Operation = operation;
        Errno = errno;
        KernelMessage = kernelMessage;
        Attribute = attribute;
    }

    /// <summary>What was asked, such as <c>add route</c>.</summary>
    public string Operation { get; }

    /// <summary>The positive errno number.</summary>
    public int Errno { get; }

    /// <summary>The errno's C name, such as <c>EEXIST</c>, or <c>E</c> and the number where it has none
    /// here.</summary>
    public string ErrnoName => NameOf(Errno);

    /// <summary>The kernel's own text, which differs between kernel releases: for people, never for
    /// logic.</summary>
    public string? KernelMessage { get; }

    /// <summary>The attribute that the kernel blames, such as <c>RTA_GATEWAY</c>, or a path of them.</summary>
    public string? Attribute { get; }

    /// <summary>Whether what was to be made is there already (EEXIST).</summary>
    public bool IsAlreadyThere => Errno == (int)Interop.Errno.EEXIST;

    /// <summary>Whether the thing meant is not there (ENOENT, ESRCH, ENODEV, EADDRNOTAVAIL).</summary>
    public bool IsAbsent =>
        (Errno)Errno is Interop.Errno.ENOENT or Interop.Errno.ESRCH or Interop.Errno.ENODEV
            or Interop.Errno.EADDRNOTAVAIL;

    /// <summary>Whether the request may be taken once something else is there: a way to a gateway (ENETUNREACH,
    /// EHOSTUNREACH), or an address, an interface that is up or a nexthop object that it names (EINVAL, ENETDOWN).</summary>
    public bool MayComeTooEarly =>
        (Errno)Errno is Interop.Errno.ENETUNREACH or Interop.Errno.EHOSTUNREACH or Interop.Errno.EINVAL
            or Interop.Errno.ENETDOWN;

    private static string NameOf(int errno) => Enum.GetName((Errno)errno) ?? $"E{errno}";

    private static string Describe(string operation, int errno, string? kernelMessage, string? attribute)
    {
        string text = $"{operation}: {Marshal.GetPInvokeErrorMessage(errno)} ({NameOf(errno)}, {errno})";
        text += kernelMessage is null ? "" : $": {kernelMessage}";
        return text + (attribute is null ? "." : $" [{attribute}].");
    }
}
