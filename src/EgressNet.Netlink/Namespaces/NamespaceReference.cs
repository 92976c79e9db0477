using System.Globalization;
using EgressNet.Netlink.Interop;

namespace EgressNet.Netlink.Namespaces;

/// <summary>A reference to a network namespace: a name under /run/netns, a path or a process, and the identity of the
/// namespace if it was read. It holds nothing open, so that the path may lead to another namespace later; <see cref="Open"/>
/// checks that.</summary>
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

    /// <summary>The identity of the namespace when it was read; null for a reference that only names one.</summary>
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

    /// <summary>Refers to an open namespace for as long as the handle is open, whatever its path leads to meanwhile. The path
    /// is kept for messages.</summary>
    public static NamespaceReference FromHandle(NetNamespaceHandle handle)
    {
        ArgumentNullException.ThrowIfNull(handle);
        return new NamespaceReference(handle.Path, open: handle);
    }

    /// <summary>Parses a reference: an absolute path, a name under /run/netns or a process id. Digits are a process id; they
    /// are an error where a namespace of that name exists.</summary>
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

    /// <summary>Opens the namespace that the reference leads to now. It needs access to the path, and the right to enter the
    /// namespace where <see cref="Identity"/> has a cookie.</summary>
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

    /// <summary>Throws for another namespace than the one that was read.</summary>
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

    /// <summary>Throws when the namespace of the calling thread is not the one that was read.</summary>
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

    /// <summary>A text that <see cref="Parse"/> reads as this path: the name, or the path where there is no name or it
    /// consists of digits.</summary>
    public override string ToString() => Name is null || IsDigits(Name) ? Path : Name;

    private static bool IsDigits(string text) => text.All(char.IsAsciiDigit);
}
