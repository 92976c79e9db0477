using EgressNet.Nat;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Namespaces;
using EgressNet.Netlink.Routes;

namespace EgressNet.Attachments;

/// <summary>The desired state of a container's egress.</summary>
public sealed record Attachment
{
    /// <summary>The MTU of both ends unless another is chosen.</summary>
    public const ushort DefaultMtu = 1500;

    private readonly string? _hostInterface;

    /// <summary>Which attachment it is.</summary>
    public required AttachmentId Id { get; init; }

    /// <summary>The container's namespace; null where it cannot be found any more.</summary>
    public required NamespaceReference? Namespace { get; init; }

    /// <summary>The addresses, at least one for an attachment that is to be made.</summary>
    public required IReadOnlyList<AttachmentAddress> Addresses { get; init; }

    /// <summary>Further routes of the container.</summary>
    public IReadOnlyList<AttachmentRoute> Routes { get; init; } = [];

    /// <summary>The name of the host's end.</summary>
    public string HostInterface
    {
        get => _hostInterface ?? Id.HostInterface;
        init => _hostInterface = value;
    }

    /// <summary>The MTU of both ends in bytes, 68 to 65535, and 1280 with IPv6 (RFC 8200, section 5).</summary>
    public ushort Mtu { get; init; } = DefaultMtu;

    /// <summary>The address of the container's end; drawn unless given.</summary>
    /// <remarks>An address that the kernel draws is one that udev may change later.</remarks>
    public MacAddress MacAddress { get; init; } = MacAddress.Draw();

    /// <summary>The address of the host's end; drawn unless given.</summary>
    public MacAddress HostMacAddress { get; init; } = MacAddress.Draw();

    /// <summary>What the container may not reach.</summary>
    public EgressIsolation Isolation { get; init; }

    /// <summary>Addresses of metadata, beside <see cref="MetadataAddress.All"/>, that it may not reach; only with
    /// <see cref="EgressIsolation.Metadata"/>.</summary>
    public IReadOnlyList<InetAddress> MetadataAddresses { get; init; } = [];

    /// <summary>Destinations to which no address is translated; none contains another.</summary>
    public IReadOnlyList<InetPrefix> Excluded
    {
        get;
        init => field = NatEntry.Outermost(value);
    } = [];

    /// <summary>Settings below /proc/sys that could not be written when it was created, and are not required of it.</summary>
    public IReadOnlyList<string> ReadOnlySettings { get; init; } = [];

    /// <summary>Whether the desired state is known; false where the record is lost.</summary>
    public bool IsDeclared { get; init; } = true;

    /// <summary>Whether a route is one that the addresses need anyway: to a gateway or to an address's prefix.</summary>
    /// <param name="route">A route of the container.</param>
    /// <returns>True where it is made without being listed.</returns>
    public bool Brings(AttachmentRoute route) => AddressOf(route) is not null;

    /// <summary>Whether it has an address of a family.</summary>
    /// <returns>True where it has.</returns>
    public bool Has(AddressFamily family) => Addresses.Any(each => each.Address.Family == family);

    /// <summary>The addresses without their prefix lengths.</summary>
    internal InetAddress[] Sources
    {
        get
        {
            InetAddress[] sources = new InetAddress[Addresses.Count];
            for (int i = 0; i < sources.Length; i++)
            {
                sources[i] = Addresses[i].Address.Address;
            }

            return sources;
        }
    }

    /// <summary>The gateways that no attachment may have as an address. A link-local IPv6 address is valid on each link
    /// separately.</summary>
    internal IEnumerable<InetAddress> ClaimedGateways
    {
        get
        {
            HashSet<InetAddress> seen = [];
            foreach (AttachmentAddress address in Addresses)
            {
                if (address.Gateway is not ({ IsNone: true } or { Family: AddressFamily.IPv6, IsLinkLocal: true })
                    && seen.Add(address.Gateway))
                {
                    yield return address.Gateway;
                }
            }
        }
    }

    internal AttachmentAddress? AddressOf(AttachmentRoute route) => route.Table != RouteTable.Main
        ? null
        : Addresses.FirstOrDefault(each => route.Destination == InetPrefix.Host(each.Gateway)
            || (route.Destination == each.Address.Network && !each.Address.IsHost));

    /// <summary>The attachment and its addresses.</summary>
    /// <returns>Such as <c>pods/3f2a/v4if0 (169.254.172.5/22)</c>.</returns>
    public override string ToString() => $"{Id} ({string.Join(", ", Addresses.Select(each => $"{each.Address}"))})";
}
