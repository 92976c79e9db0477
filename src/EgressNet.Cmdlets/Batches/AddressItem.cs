using EgressNet.Addresses;
using EgressNet.Errors;
using EgressNet.Netlink.Addresses;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Links;
using EgressNet.Sessions;
using EgressNet.Veths;

namespace EgressNet.Batches;

/// <summary>An address to be put on an interface.</summary>
internal sealed class AddressItem
{
    /// <summary>The address, without its interface.</summary>
    public required InterfaceAddress Address { get; init; }

    /// <summary>The interface by name or index.</summary>
    public required object Interface { get; init; }

    /// <summary>The target object of its errors.</summary>
    public required object Target { get; init; }

    /// <summary>Whether it was read from the kernel and is restored unchanged.</summary>
    public bool IsPutBack { get; init; }

    /// <summary>The namespace of the interface, for messages.</summary>
    public string InNamespace { get; init; } = "";

    public string? Gateway { get; init; }

    public InetAddress DefaultGateway { get; init; }

    public bool Replace { get; init; }

    public bool WaitForDetection { get; init; }

    /// <summary>The request, once the interface is resolved.</summary>
    public AddressRequest? Request { get; private set; }

    public string Message { get; set; } = "";

    public int Number { get; set; }

    /// <summary>Whether it is a secondary address, to be added after the primary one.</summary>
    public bool IsSecondary =>
        IsPutBack && Address.Family == AddressFamily.IPv4 && Address.Flags.HasFlag(AddressFlags.Secondary);

    /// <summary>Whether it has to be added in reverse order, since the kernel lists the newest IPv6 address first.</summary>
    public bool IsListedFirst => IsPutBack && Address.Family == AddressFamily.IPv6;

    public AddressRequest Resolve(InterfaceLookup interfaces)
    {
        Link link = interfaces.Require(Interface, IsPutBack ? Target : null);
        RequireMtu(link);
        RequireLabel(link);
        return Request = new AddressRequest
        {
            Address = Address with
            {
                InterfaceIndex = link.Index,
                Label = IsPutBack || Address.Family == AddressFamily.IPv6 ? Address.Label : Address.Label ?? link.Name,
            },
            InterfaceName = $"{link.Name}{InNamespace}",
            DefaultGateway = DefaultGateway,
            Replace = Replace,
            WaitForDetection = WaitForDetection,
        };
    }

    private void RequireMtu(Link link)
    {
        if (Address.Family == AddressFamily.IPv6 && link.Mtu < VethRequest.MinIPv6Mtu)
        {
            throw new ErrorRecordException(
                ($"IPv6 needs an MTU of {VethRequest.MinIPv6Mtu}, and {link.Name} has {link.Mtu}: "
                    + $"{Address.Local} cannot be added.")
                .ToError(ErrorId.MtuTooSmallForIPv6, ErrorCategory.InvalidArgument, Target));
        }
    }

    // ip(8) keeps to this too; the kernel does not.
    private void RequireLabel(Link link)
    {
        if (!IsPutBack && Address.Label is { } label
            && label != link.Name && !label.StartsWith($"{link.Name}:", StringComparison.Ordinal))
        {
            throw new ErrorRecordException($"Label '{label}' must be '{link.Name}' or begin with '{link.Name}:'."
                .ToError(ErrorId.InvalidArgument, ErrorCategory.InvalidArgument, Target));
        }
    }
}
