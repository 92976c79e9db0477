using EgressNet.Netlink.Namespaces;

namespace EgressNet;

/// <summary>A named network namespace.</summary>
public sealed class NetNamespace : Comparable<NetNamespace>
{
    private readonly NamespaceOrigin _origin;

    internal NetNamespace(NamespaceReference reference, NetNamespaceIdentity? identity)
        : this(new NamespaceOrigin(reference, identity))
    {
    }

    internal NetNamespace(NamespaceOrigin origin) => _origin = origin;

    private NetNamespace(PropertyBag copy)
        : this(NamespaceReference.FromPath(copy.Text(nameof(Path)) ?? ""), IdentityOf(copy))
    {
    }

    /// <summary>Its name under /run/netns, or the path by which it was asked for.</summary>
    public string Name => Reference.Name ?? Path;

    /// <summary>Its path.</summary>
    public string Path => _origin.Path;

    /// <summary>The inode of its file, which with <see cref="Device"/> tells it from all others there are now; null for a
    /// name whose namespace is gone or may not be opened.</summary>
    public ulong? Inode => Reference.Identity?.Inode;

    /// <summary>The device of its file; null as for <see cref="Inode"/>.</summary>
    public ulong? Device => Reference.Identity?.Device;

    /// <summary>The cookie of the namespace (SO_NETNS_COOKIE), unique until the next boot; null for one that may not be
    /// entered, and before Linux 5.14.</summary>
    public ulong? Cookie => Reference.Identity?.Cookie;

    internal NamespaceReference Reference => _origin.Reference;

    private protected override IEnumerable<object?> Compared => [Path, Inode, Device, Cookie];

    /// <summary>The name.</summary>
    /// <returns>Such as <c>blue</c>.</returns>
    public override string ToString() => Name;

    internal static bool IsCopy(PropertyBag copy) =>
        copy.Has(nameof(Name), nameof(Path), nameof(Inode), nameof(Device));

    internal static NetNamespace FromCopy(PropertyBag copy) => new(copy);

    private static NetNamespaceIdentity? IdentityOf(PropertyBag copy)
    {
        ulong? Number(string property) => copy.Text(property) is null ? null : copy.Number<ulong>(property);
        return Number(nameof(Device)) is { } device && Number(nameof(Inode)) is { } inode
            ? new NetNamespaceIdentity(device, inode, Number(nameof(Cookie)))
            : null;
    }

    private protected override int CompareKey(NetNamespace other) => string.CompareOrdinal(Name, other.Name);
}
