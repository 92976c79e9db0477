using EgressNet.Netlink.Namespaces;

namespace EgressNet;

/// <summary>A named network namespace.</summary>
public sealed class NetNamespace : IComparable<NetNamespace>, IComparable
{
    internal NetNamespace(Netlink.Namespaces.NetNamespace reference, NetNamespaceIdentity? identity)
    {
        Name = reference.ToString();
        Path = reference.Path;
        Inode = identity?.Inode;
        Device = identity?.Device;
    }

    /// <summary>Its name under /run/netns, or the path by which it was asked for.</summary>
    public string Name { get; }

    /// <summary>Its path.</summary>
    public string Path { get; }

    /// <summary>The inode of its file, which with <see cref="Device"/> identifies it; null for a name whose
    /// namespace
    /// is gone or may not be opened.</summary>
    public ulong? Inode { get; }

    /// <summary>The device of its file; null as for <see cref="Inode"/>.</summary>
    public ulong? Device { get; }

    /// <inheritdoc/>
    public int CompareTo(NetNamespace? other) => string.CompareOrdinal(Name, other?.Name);

    int IComparable.CompareTo(object? obj) => CompareTo(obj as NetNamespace);

    /// <summary>The name.</summary>
    /// <returns>Such as <c>blue</c>.</returns>
    public override string ToString() => Name;
}
