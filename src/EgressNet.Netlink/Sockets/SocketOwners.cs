using System.Buffers.Text;
using EgressNet.Netlink.Interop;

namespace EgressNet.Netlink.Sockets;

/// <summary>Which process holds a socket. The kernel does not say: each descriptor of each process is looked at once, when
/// the first owner is asked for. What may not be looked at is left out.</summary>
public sealed class SocketOwners
{
    private readonly Lazy<Dictionary<uint, int>> _owners = new(Read);

    /// <summary>Finds the owner.</summary>
    /// <param name="inode">The socket's inode; see <see cref="SocketEntry.Inode"/>.</param>
    /// <returns>The lowest process id that holds it; 0 for none that may be looked at.</returns>
    public int Find(uint inode) => inode != 0 && _owners.Value.TryGetValue(inode, out int process) ? process : 0;

    private static Dictionary<uint, int> Read()
    {
        Dictionary<uint, int> owners = [];
        Span<byte> target = stackalloc byte[64];
        foreach (int process in Processes())
        {
            foreach (string descriptor in Descriptors(process))
            {
                int length = (int)Libc.readlink(descriptor, target, (nuint)target.Length);
                if (length > 0 && InodeOf(target[..length]) is { } inode)
                {
                    owners.TryAdd(inode, process);
                }
            }
        }

        return owners;
    }

    private static IEnumerable<int> Processes() => Directory.EnumerateDirectories("/proc")
        .Select(path => int.TryParse(Path.GetFileName(path.AsSpan()), out int process) ? process : 0)
        .Where(process => process > 0)
        .Order();

    // A process that ends meanwhile, or is somebody else's.
    private static string[] Descriptors(int process)
    {
        try
        {
            return Directory.GetFileSystemEntries($"/proc/{process}/fd");
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static uint? InodeOf(ReadOnlySpan<byte> target)
    {
        ReadOnlySpan<byte> prefix = "socket:["u8;
        return target.StartsWith(prefix) && Utf8Parser.TryParse(target[prefix.Length..], out uint inode, out _) ? inode : null;
    }
}
