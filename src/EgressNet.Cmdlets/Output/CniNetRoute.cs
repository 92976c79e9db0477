using EgressNet.Cni;
using EgressNet.Netlink.Inet;

namespace EgressNet;

/// <summary>One route of a CNI result, under the names that New-NetRoute binds.</summary>
public sealed class CniNetRoute : Comparable<CniNetRoute>
{
    private readonly InetPrefix _destination;

    internal CniNetRoute(CniRoute route, InetAddress addressGateway)
    {
        _destination = route.Destination;
        DestinationPrefix = route.Destination.ToString();
        NextHop = (route.Gateway.IsNone ? addressGateway : route.Gateway).ToString();
    }

    /// <summary>The destination.</summary>
    public string DestinationPrefix { get; }

    /// <summary>Its own gateway, else that of the address.</summary>
    public string NextHop { get; }

    private protected override IEnumerable<object?> State => [NextHop];

    /// <summary>The destination.</summary>
    /// <returns>Such as <c>0.0.0.0/0</c>.</returns>
    public override string ToString() => DestinationPrefix;

    private protected override int CompareKey(CniNetRoute other) => _destination.CompareTo(other._destination);
}
