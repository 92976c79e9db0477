using System.Globalization;
using EgressNet.Netlink.Links;
using EgressNet.Netlink.Namespaces;
using EgressNet.Netlink.Transport;

namespace EgressNet.Operations;

/// <summary>Resolves namespace ids (nsid) of the node's namespace: first among named namespaces, then among those of
/// processes.</summary>
/// <param name="host">A connection in the node's namespace.</param>
internal sealed class NamespaceNumbers(NetlinkConnection host)
{
    private readonly Lazy<Dictionary<int, NamespaceReference>> _named = new(() => Read(host, NetNamespaces.List()));
    private readonly Lazy<Dictionary<int, NamespaceReference>> _ofProcesses = new(() => Read(host, OfProcesses()));

    public NamespaceReference? Find(int number) =>
        _named.Value.GetValueOrDefault(number) ?? _ofProcesses.Value.GetValueOrDefault(number);

    private static Dictionary<int, NamespaceReference> Read(NetlinkConnection host, IEnumerable<NamespaceReference> candidates)
    {
        Dictionary<int, NamespaceReference> namespaces = [];
        using NetNamespaceIdentityReader identities = new();
        foreach (NamespaceReference ns in candidates)
        {
            try
            {
                using NetNamespaceHandle handle = ns.Open();
                if (host.Links.NamespaceIdOf(handle) is { } number)
                {
                    namespaces.TryAdd(number, ns.WithIdentity(identities.IdentityOf(handle)));
                }
            }
            catch (NetNamespaceException gone) when (!gone.IsExhausted)
            {
            }
        }

        return namespaces;
    }

    // Of the processes in one namespace the first that is found stands for it.
    private static IEnumerable<NamespaceReference> OfProcesses() => Directory.EnumerateDirectories("/proc")
        .Select(path => int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out int pid)
            ? pid
            : 0)
        .Where(pid => pid > 0)
        .Order()
        .Select(NamespaceReference.FromProcess)
        .DistinctBy(TargetOf);

    private static string TargetOf(NamespaceReference ns)
    {
        try
        {
            return new FileInfo(ns.Path).LinkTarget ?? ns.Path;
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return ns.Path;
        }
    }
}
