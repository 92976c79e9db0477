using System.Globalization;
using EgressNet.Netlink.Interop;

namespace EgressNet.Netlink.Namespaces;

/// <summary>
/// Where a network namespace is to be found: a name under /run/netns, a path, or a process. This is a reference
/// only; it holds nothing open, and what it refers to may come, go and change. <see cref="Open"/> pins it down.
/// </summary>
public sealed class NetNamespace : IEquatable<NetNamespace>
{
    internal const string CallingThreadPath = "/proc/thread-self/ns/net";

    private NetNamespace(string path)
    {
        Path = path;
        Name = NetNamespaceName.FromPath(path);
    }

    /// <summary>The namespace that the thread calling <see cref="Open"/> is in at that moment.</summary>
    public static NetNamespace Current { get; } = new(CallingThreadPath);

    /// <summary>The name, as <c>ip netns</c> shows it; null when the path is not right under /run/netns.</summary>
    public string? Name { get; }

    /// <summary>The absolute path of the namespace file.</summary>
    public string Path { get; }

    /// <summary>
    /// Whether this is <see cref="Current"/>. Other references may well lead to the same namespace; compare
    /// <see cref="NetNamespaceHandle.Identity"/> to know.
    /// </summary>
    public bool IsCurrent => Path == CallingThreadPath;

    /// <summary>Refers to a namespace by its name under /run/netns.</summary>
    /// <param name="name">1 to 255 bytes of UTF-8 without '/' and NUL, and neither "." nor "..".</param>
    /// <exception cref="ArgumentException">The name breaks that rule.</exception>
    public static NetNamespace FromName(string name)
    {
        NetNamespaceName.Check(name, nameof(name));
        return new NetNamespace(NetNamespaceName.PathOf(name));
    }

    /// <summary>Refers to a namespace by the absolute path of its file. The path is taken as it stands.</summary>
    /// <exception cref="ArgumentException">The path is not absolute or contains a NUL.</exception>
    public static NetNamespace FromPath(string path)
    {
        NetNamespaceName.CheckPath(path, nameof(path));
        return new NetNamespace(path);
    }

    /// <summary>Refers to the namespace that the main thread of a process is in.</summary>
    /// <param name="pid">A process id from 1, in the process id namespace that /proc shows.</param>
    /// <exception cref="ArgumentOutOfRangeException">The id is below 1.</exception>
    public static NetNamespace FromProcess(int pid)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(pid, 1);
        return new NetNamespace(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/ns/net"));
    }

    /// <summary>
    /// Reads a reference as a person writes it: an absolute path, a name under /run/netns or a process id. Digits
    /// are a process id, unless a namespace of just that name exists now.
    /// </summary>
    /// <exception cref="ArgumentException">The text is none of these.</exception>
    public static NetNamespace Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.StartsWith('/'))
        {
            return FromPath(text);
        }

        NetNamespace named = FromName(text);
        if (!text.All(char.IsAsciiDigit) || Libc.access(named.Path, Fcntl.F_OK) == 0)
        {
            return named;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int pid) && pid > 0
            ? FromProcess(pid)
            : throw new ArgumentException(
                $"'{text}' is neither the name of a network namespace nor a process id.", nameof(text));
    }

    /// <summary>Opens the namespace that the reference leads to now. It takes no right but to the path.</summary>
    /// <exception cref="NetNamespaceException">
    /// NotFound, AccessDenied, NotANamespace, or Failed as open(2) has it.
    /// </exception>
    public NetNamespaceHandle Open() => NetNamespaceHandle.Open(Path);

    /// <summary>Whether both have the same path. Two paths can lead to one namespace all the same.</summary>
    public bool Equals(NetNamespace? other) => other is not null && Path == other.Path;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as NetNamespace);

    /// <inheritdoc/>
    public override int GetHashCode() => Path.GetHashCode(StringComparison.Ordinal);

    /// <summary>Whether both have the same path.</summary>
    public static bool operator ==(NetNamespace? left, NetNamespace? right) => Equals(left, right);

    /// <summary>Whether the paths differ.</summary>
    public static bool operator !=(NetNamespace? left, NetNamespace? right) => !Equals(left, right);

    /// <summary>The name, or the path where there is none.</summary>
    public override string ToString() => Name ?? Path;
}
