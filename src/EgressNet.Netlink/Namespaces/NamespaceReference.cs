using System.Globalization;
using EgressNet.Netlink.Interop;

namespace EgressNet.Netlink.Namespaces;

/// <summary>Where a network namespace is to be found: a name under /run/netns, a path, or a process; and which one that was
/// when it was read, where somebody did. This is a reference only; it holds nothing open, and what it refers to may come, go
/// and change. <see cref="Open"/> pins it down.</summary>
public sealed class NamespaceReference : IEquatable<NamespaceReference>
{
    internal const string CallingThreadPath = "/proc/thread-self/ns/net";

    private readonly NetNamespaceHandle? _open;

    private NamespaceReference(string path, NetNamespaceIdentity? identity = null, NetNamespaceHandle? open = null)
    {
        _open = open;
        Path = path;
        Name = NetNamespaceName.FromPath(path);
        Identity = identity;
    }

    /// <summary>The namespace that the thread calling <see cref="Open"/> is in at that moment.</summary>
    public static NamespaceReference Current { get; } = new(CallingThreadPath);

    /// <summary>The name, as <c>ip netns</c> shows it; null when the path is not right under /run/netns.</summary>
    public string? Name { get; }

    /// <summary>The absolute path of the namespace file.</summary>
    public string Path { get; }

    /// <summary>Which namespace it was when it was read; null where nobody did, as of a name that somebody typed.</summary>
    public NetNamespaceIdentity? Identity { get; }

    /// <summary>Whether this is <see cref="Current"/>. Other references may well lead to the same namespace; compare
    /// <see cref="NetNamespaceHandle.Identity"/> to know.</summary>
    public bool IsCurrent => _open is null && Path == CallingThreadPath;

    /// <summary>Refers to a namespace by its name under /run/netns.</summary>
    /// <param name="name">1 to 255 bytes of UTF-8 without '/' and NUL, and neither "." nor "..".</param>
    /// <exception cref="ArgumentException">The name breaks that rule.</exception>
    public static NamespaceReference FromName(string name)
    {
        NetNamespaceName.Check(name, nameof(name));
        return new NamespaceReference(NetNamespaceName.PathOf(name));
    }

    /// <summary>Refers to a namespace by the absolute path of its file. The path is taken as it stands.</summary>
    /// <exception cref="ArgumentException">The path is not absolute or contains a NUL.</exception>
    public static NamespaceReference FromPath(string path)
    {
        NetNamespaceName.CheckPath(path, nameof(path));
        return new NamespaceReference(path);
    }

    /// <summary>Refers to the namespace that the main thread of a process is in.</summary>
    /// <param name="pid">A process id from 1, in the process id namespace that /proc shows.</param>
    /// <exception cref="ArgumentOutOfRangeException">The id is below 1.</exception>
    public static NamespaceReference FromProcess(int pid)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(pid, 1);
        return new NamespaceReference(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/ns/net"));
    }

    /// <summary>Refers to an open namespace, for as long as the handle is open, whatever its path leads to meanwhile. It
    /// goes by that path all the same.</summary>
    public static NamespaceReference FromHandle(NetNamespaceHandle handle)
    {
        ArgumentNullException.ThrowIfNull(handle);
        return new NamespaceReference(handle.Path, open: handle);
    }

    /// <summary>Reads a reference as a person writes it: an absolute path, a name under /run/netns or a process id. Digits
    /// are a process id. Where a namespace of just that name exists now, nobody knows which is meant.</summary>
    /// <exception cref="ArgumentException">The text is none of these, or could be two of them.</exception>
    public static NamespaceReference Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.StartsWith('/'))
        {
            return FromPath(text);
        }

        NamespaceReference named = FromName(text);
        if (!IsDigits(text))
        {
            return named;
        }

        bool exists = Libc.access(named.Path, Fcntl.F_OK) == 0;
        bool isProcess = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int pid) && pid > 0;
        return (exists, isProcess) switch
        {
            (false, true) => FromProcess(pid),
            (true, false) => named,
            (false, false) => throw new ArgumentException(
                $"'{text}' is neither the name of a network namespace nor a process id.", nameof(text)),
            _ => throw new ArgumentException(
                $"'{text}' is the name of a network namespace and reads as a process id too: "
                    + $"write {named.Path} or {FromProcess(pid).Path}.",
                nameof(text)),
        };
    }

    /// <summary>The same reference to a namespace that was read.</summary>
    /// <param name="identity">Which one it was; null to go by the path alone.</param>
    public NamespaceReference WithIdentity(NetNamespaceIdentity? identity) => new(Path, identity, _open);

    /// <summary>Opens the namespace that the reference leads to now. It takes no right but to the path, and that to
    /// enter where <see cref="Identity"/> has a cookie.</summary>
    /// <exception cref="NetNamespaceException">NotFound, AccessDenied, NotANamespace, Changed where it is not the one that
    /// was read, or Failed as open(2) has it.</exception>
    public NetNamespaceHandle Open()
    {
        NetNamespaceHandle handle = OpenAnother();
        try
        {
            ThrowIfChanged(handle.Identity);
            if (Identity is { Cookie: not null })
            {
                NamespaceThread.Run(handle, ThrowIfChangedHere);
            }

            return handle;
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>Refuses another namespace than the one that was read.</summary>
    /// <param name="found">Which one there is.</param>
    /// <exception cref="NetNamespaceException">Changed.</exception>
    public void ThrowIfChanged(NetNamespaceIdentity found)
    {
        if (Identity is { } read && !read.Agrees(found))
        {
            throw NetNamespaceException.Changed(this, read, found);
        }
    }

    /// <summary>Whether the path leads to a namespace, without opening it.</summary>
    /// <param name="open">One that somebody holds open, so that no other can get its inode number.</param>
    /// <returns>False where it leads to another one or nowhere, or nobody may look.</returns>
    public bool LeadsTo(NetNamespaceIdentity open) =>
        NetNamespaceIdentity.TryRead(Path, out NetNamespaceIdentity found)
        && (found.Device, found.Inode) == (open.Device, open.Inode);

    /// <summary>Opens whatever the reference leads to now.</summary>
    internal NetNamespaceHandle OpenAnother() => _open?.Duplicate() ?? NetNamespaceHandle.Open(Path);

    /// <summary>Refuses the namespace of the calling thread where it is not the one that was read.</summary>
    internal bool ThrowIfChangedHere()
    {
        if (Identity is { } read)
        {
            ThrowIfChanged(NetNamespaceIdentity.OfCallingThread with
            {
                Cookie = read.Cookie is null ? null : NetNamespaceCookie.OfCallingThread(),
            });
        }

        return true;
    }

    /// <summary>Whether both have the same path, whatever was read there. Two paths can lead to one namespace all the
    /// same.</summary>
    public bool Equals(NamespaceReference? other) => other is not null && Path == other.Path;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as NamespaceReference);

    /// <inheritdoc/>
    public override int GetHashCode() => Path.GetHashCode(StringComparison.Ordinal);

    /// <summary>Whether both have the same path.</summary>
    public static bool operator ==(NamespaceReference? left, NamespaceReference? right) => Equals(left, right);

    /// <summary>Whether the paths differ.</summary>
    public static bool operator !=(NamespaceReference? left, NamespaceReference? right) => !Equals(left, right);

    /// <summary>What <see cref="Parse"/> reads as this path: the name, or the path where there is none, or where the name
    /// would read as a process id.</summary>
    public override string ToString() => Name is null || IsDigits(Name) ? Path : Name;

    private static bool IsDigits(string text) => text.All(char.IsAsciiDigit);
}
