using EgressNet.Netlink.Namespaces;
using EgressNet.Transformations;

namespace EgressNet;

/// <summary>A named network namespace.</summary>
public sealed class NetNamespace : Comparable<NetNamespace>
{
    internal NetNamespace(Netlink.Namespaces.NetNamespace reference, NetNamespaceIdentity? identity)
    {
        Name = reference.ToString();
        Path = reference.Path;
        Inode = identity?.Inode;
        Device = identity?.Device;
    }

    private NetNamespace(PropertyBag copy)
    {
        Name = copy.Text(nameof(Name)) ?? "";
        Path = copy.Text(nameof(Path)) ?? "";
        Inode = copy.Text(nameof(Inode)) is null ? null : copy.Number<ulong>(nameof(Inode));
        Device = copy.Text(nameof(Device)) is null ? null : copy.Number<ulong>(nameof(Device));
    }

    /// <summary>Its name under /run/netns, or the path by which it was asked for.</summary>
    public string Name { get; }

    /// <summary>Its path.</summary>
    public string Path { get; }

    /// <summary>The inode of its file, which with <see cref="Device"/> identifies it; null for a name whose
    /// namespace is gone or may not be opened.</summary>
    public ulong? Inode { get; }

    /// <summary>The device of its file; null as for <see cref="Inode"/>.</summary>
    public ulong? Device { get; }

    private protected override IEnumerable<object?> State => [Path, Inode, Device];

    /// <summary>The name.</summary>
    /// <returns>Such as <c>blue</c>.</returns>
    public override string ToString() => Name;

    internal static bool IsCopy(PropertyBag copy) =>
        copy.Has(nameof(Name), nameof(Path), nameof(Inode), nameof(Device));

    internal static NetNamespace FromCopy(PropertyBag copy) => new(copy);

    private protected override int CompareKey(NetNamespace other) => string.CompareOrdinal(Name, other.Name);
}
