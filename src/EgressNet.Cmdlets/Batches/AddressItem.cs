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

    /// <summary>What an error of it points at.</summary>
    public required object Target { get; init; }

    /// <summary>Whether it was read and is put back as it was.</summary>
    public bool IsPutBack { get; init; }

    /// <summary>Where the interface is, as a person says it.</summary>
    public string InNamespace { get; init; } = "";

    public string? Gateway { get; init; }

    public InetAddress DefaultGateway { get; init; }

    public bool Replace { get; init; }

    public bool WaitForDetection { get; init; }

    /// <summary>What is asked for, once the interface is known.</summary>
    public AddressRequest? Request { get; private set; }

    public string Told { get; set; } = "";

    public int Number { get; set; }

    /// <summary>Whether it comes after the primary address of its network.</summary>
    public bool IsSecondary =>
        IsPutBack && Address.Family == AddressFamily.IPv4 && Address.Flags.HasFlag(AddressFlags.Secondary);

    /// <summary>Whether the kernel lists it before those that it was read behind: the newest IPv6 address first.</summary>
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
            throw new ErrorRecordException($"Label '{label}' is neither '{link.Name}' nor '{link.Name}:' and more."
                .ToError(ErrorId.InvalidArgument, ErrorCategory.InvalidArgument, Target));
        }
    }
}
