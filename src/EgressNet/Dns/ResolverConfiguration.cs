using EgressNet.Netlink.Namespaces;

namespace EgressNet.Dns;

/// <summary>The name servers that programs of a namespace ask (resolv.conf(5)).</summary>
internal static class ResolverConfiguration
{
    private const string Usual = "/etc/resolv.conf";

    // MAXNS of glibc's resolv.h: the resolver asks no more.
    private const int MaxServers = 3;

    /// <summary>The file that counts: <c>ip netns exec</c> puts that of /etc/netns/NAME in the place of the usual
    /// one.</summary>
    /// <param name="ns">The namespace.</param>
    public static string PathOf(NamespaceReference ns) =>
        ns.Name is { } name && $"/etc/netns/{name}/resolv.conf" is var own && File.Exists(own) ? own : Usual;

    /// <summary>Reads the servers.</summary>
    /// <param name="path">The file.</param>
    /// <returns>At most three, as they are written; none where there is no file.</returns>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static IReadOnlyList<string> Read(string path)
    {
        try
        {
            return [.. ServersOf(File.ReadLines(path))];
        }
        catch (Exception absent) when (absent is FileNotFoundException or DirectoryNotFoundException)
        {
            return [];
        }
    }

    /// <summary>The servers of a file's lines. The keyword begins its line.</summary>
    internal static IEnumerable<string> ServersOf(IEnumerable<string> lines) => lines
        .Select(line => line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries) is ["nameserver", { } server, ..]
            && line.StartsWith("nameserver", StringComparison.Ordinal) ? server : null)
        .OfType<string>()
        .Take(MaxServers);
}
