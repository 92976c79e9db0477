using EgressNet.Netlink.Addresses;
using EgressNet.Netlink.Inet;

namespace EgressNet.Addresses;

/// <summary>An address to be put on an interface.</summary>
internal sealed record AddressRequest
{
    /// <summary>The address. IPv6 without <see cref="AddressFlags.NoDad"/> is waited for until detection ends.</summary>
    public required InterfaceAddress Address { get; init; }

    /// <summary>The interface's name and namespace, for messages.</summary>
    public required string InterfaceName { get; init; }

    /// <summary>The gateway of a default route to be added; none for no route.</summary>
    public InetAddress DefaultGateway { get; init; }

    /// <summary>Whether the same address that is there already is replaced.</summary>
    public bool Replace { get; init; }

    /// <summary>Whether an address whose detection cannot begin, for want of a carrier, is an error and taken back.</summary>
    public bool WaitForDetection { get; init; }

    /// <summary>How long to wait for duplicate address detection at most. Default 10 seconds.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The address and its interface.</summary>
    /// <returns>Such as <c>10.0.0.5/24 dev eth0</c>.</returns>
    public override string ToString() => $"{Address.Local} dev {InterfaceName}";
}
