namespace EgressNet.Netlink.Transport;

/// <summary>A request that the kernel refused, with everything it said about why.</summary>
public sealed class NetlinkException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="operation">The refused operation, such as <c>add route</c>.</param>
    /// <param name="errno">The kernel's reason.</param>
    /// <param name="kernelMessage">The extended-acknowledgement text, if the kernel gave one.</param>
    /// <param name="attribute">The attribute it points at, by C name where known.</param>
    public NetlinkException(NetlinkOperation operation, Errno errno, string? kernelMessage = null, string? attribute = null)
    {
        Operation = operation;
        Errno = errno;
        KernelMessage = kernelMessage;
        Attribute = attribute;
    }

    /// <inheritdoc/>
    public override string Message
    {
        get
        {
            string text = $"{Operation}: {Errno.Text} ({Errno.Name}, {(int)Errno})";
            text += KernelMessage is null ? "" : $": {KernelMessage}";
            return text + (Attribute is null ? "." : $" [{Attribute}].");
        }
    }

    /// <summary>The refused operation, such as <c>add route</c>.</summary>
    public NetlinkOperation Operation { get; }

    /// <summary>The kernel's reason.</summary>
    public Errno Errno { get; }

    /// <summary>The errno's C name, such as <c>EEXIST</c>, or <c>E</c> and the number where it has none here.</summary>
    public string ErrnoName => Errno.Name;

    /// <summary>The kernel's own text, which differs between kernel releases: for display, never for logic.</summary>
    public string? KernelMessage { get; }

    /// <summary>The attribute that the kernel blames, such as <c>RTA_GATEWAY</c>, or a path of them.</summary>
    public string? Attribute { get; }

    /// <summary>Whether the object already exists (EEXIST).</summary>
    public bool IsAlreadyThere => Errno == Errno.EEXIST;

    /// <summary>Whether the object does not exist (ENOENT, ESRCH, ENODEV, EADDRNOTAVAIL).</summary>
    public bool IsAbsent =>
        Errno is Errno.ENOENT or Errno.ESRCH or Errno.ENODEV
            or Errno.EADDRNOTAVAIL;

    /// <summary>Whether the request may succeed once something else exists: a route to a gateway (ENETUNREACH, EHOSTUNREACH),
    /// or an address, an interface that is up or a nexthop object that it names (EINVAL, ENETDOWN).</summary>
    public bool MayComeTooEarly =>
        Errno is Errno.ENETUNREACH or Errno.EHOSTUNREACH or Errno.EINVAL
            or Errno.ENETDOWN;

    /// <summary>The same refusal as a part of a change.</summary>
    /// <param name="change">The change as text, such as <c>add route 10.0.0.5/32 dev veth1</c>.</param>
    /// <returns>An error whose text says what was to be changed.</returns>
    public NetlinkException Within(string change) =>
        new(
            Operation with { Change = Operation.Change is { } part ? $"{part} ({change})" : change },
            Errno,
            KernelMessage,
            Attribute);
}
