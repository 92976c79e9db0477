using EgressNet.Cni;
using EgressNet.Netlink.Inet;

namespace EgressNet;

/// <summary>One address of a CNI result, under the names that the next cmdlets bind.</summary>
public sealed class CniIPAddress
{
    internal CniIPAddress(CniAddress address, IEnumerable<CniRoute> routes)
    {
        IPAddress = address.Address.Address.ToString();
        PrefixLength = address.Address.Length;
        Gateway = address.Gateway.ToString();
        AddressFamily = address.Address.Family;
        Routes =
        [
            .. routes.Where(route => route.Destination.Family == address.Address.Family)
                .Select(route => new CniNetRoute(route, address.Gateway)),
        ];
    }

    /// <summary>The address, without length.</summary>
    public string IPAddress { get; }

    /// <summary>The prefix length in bits.</summary>
    public byte PrefixLength { get; }

    /// <summary>The gateway.</summary>
    public string Gateway { get; }

    /// <summary>The family.</summary>
    public AddressFamily AddressFamily { get; }

    /// <summary>The result's routes of that family, on the first address of the family alone.</summary>
    public CniNetRoute[] Routes { get; }

    /// <summary>The address with its prefix length.</summary>
    /// <returns>Such as <c>169.254.172.5/22</c>.</returns>
    public override string ToString() => $"{IPAddress}/{PrefixLength}";
}
