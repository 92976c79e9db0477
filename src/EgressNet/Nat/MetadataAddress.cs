using EgressNet.Netlink.Inet;

namespace EgressNet.Nat;

/// <summary>The addresses of instance metadata and of credentials that clouds serve beside it.</summary>
internal static class MetadataAddress
{
    /// <summary>The addresses that <see cref="EgressIsolation.Metadata"/> blocks: the instance metadata of most clouds, and
    /// the credentials of Amazon's containers and pods.</summary>
    public static InetAddress[] All { get; } =
    [
        InetAddress.Parse("169.254.169.254"),
        InetAddress.Parse("169.254.170.2"),
        InetAddress.Parse("169.254.170.23"),
        InetAddress.Parse("fd00:ec2::254"),
        InetAddress.Parse("fd00:ec2::23"),
    ];

    /// <summary>Whether an address is one of them.</summary>
    public static bool Has(InetAddress address)
    {
        foreach (InetAddress each in All)
        {
            if (each == address)
            {
                return true;
            }
        }

        return false;
    }
}
