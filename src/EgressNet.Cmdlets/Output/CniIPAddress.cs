using EgressNet.Attachments;
using EgressNet.Cni;
using EgressNet.Netlink.Inet;

namespace EgressNet;

/// <summary>One address of a CNI result, under the names that the next cmdlets bind.</summary>
public sealed class CniIPAddress : Comparable<CniIPAddress>
{
    private readonly InetPrefix _address;

    internal CniIPAddress(CniAddress address, IEnumerable<AttachmentRoute> routes, InetAddress familyGateway)
    {
        _address = address.Address;
        IPAddress = address.Address.Address.ToString();
        PrefixLength = address.Address.Length;
        Gateway = address.Gateway.IsNone ? null : address.Gateway.ToString();
        AddressFamily = address.Address.Family.ToString();
        Sandbox = address.Sandbox;
        Routes = new(routes.Where(route => route.Destination.Family == address.Address.Family)
            .Select(route => new CniNetRoute(route, familyGateway, address.Sandbox)));
    }

    /// <summary>The address, without length.</summary>
    public string IPAddress { get; }

    /// <summary>The prefix length in bits.</summary>
    public byte PrefixLength { get; }

    /// <summary>The gateway; null where the result names none.</summary>
    public string? Gateway { get; }

    /// <summary>The family.</summary>
    public string AddressFamily { get; }

    /// <summary>The path of the network namespace of its interface; null where the result names none.</summary>
    public string? Sandbox { get; }

    /// <summary>The result's routes of that family, on the first address of the family alone.</summary>
    public TextList<CniNetRoute> Routes { get; }

    private protected override IEnumerable<object?> Compared =>
        [Gateway, Sandbox, .. Routes.Select(route => $"{route} {route.NextHop}")];

    /// <summary>The address with its prefix length.</summary>
    /// <returns>Such as <c>169.254.172.5/22</c>.</returns>
    public override string ToString() => $"{IPAddress}/{PrefixLength}";

    private protected override int CompareKey(CniIPAddress other) => _address.CompareTo(other._address);
}
