using System.Security.Cryptography;
using EgressNet.Journal;
using EgressNet.Netlink.Links;
using EgressNet.Netlink.Namespaces;
using EgressNet.Netlink.Transport;

namespace EgressNet.Veths;

/// <summary>Makes container veth pairs.</summary>
/// <param name="host">A connection in the host's namespace.</param>
/// <param name="container">A connection in the container's namespace.</param>
/// <param name="drawHostName">Draws a host name; null for <c>veth</c> and eight random hexadecimal digits.</param>
/// <param name="report">Told each kernel change just before it is made; null for nobody.</param>
public sealed class VethFactory(
    NetlinkConnection host,
    NetlinkConnection container,
    Func<string>? drawHostName = null,
    Action<string>? report = null)
{
    private const int HostNameAttempts = 10;

    /// <summary>Makes a pair with both ends up. The container's end is born in its namespace, never moved
    /// there.</summary>
    /// <param name="request">What to make.</param>
    /// <returns>Both ends as the kernel has them.</returns>
    /// <exception cref="VethException">A name is taken, or the namespace is the host's; nothing was
    /// made.</exception>
    /// <exception cref="NetlinkException">The kernel refused; nothing is left.</exception>
    /// <exception cref="UndoFailedException">The kernel refused and the pair is left, as told.</exception>
    public VethPair Create(VethRequest request)
    {
        using NetNamespaceHandle ns = request.Namespace.Open();
        using NetNamespaceHandle own = NetNamespace.Current.Open();
        if (ns.Identity == own.Identity)
        {
            throw new VethException(
                VethError.SameNamespace, $"'{request.Namespace}' is the caller's own network namespace.");
        }

        using NetlinkConnection.CancellationHold hostHold = host.HoldCancellation();
        using NetlinkConnection.CancellationHold containerHold = container.HoldCancellation();
        return UndoJournal.Run(journal =>
        {
            if (request.Replace)
            {
                ThrowIfHostNameStays(request);
                DeleteExisting(journal, request.Name);
            }

            Link hostEnd = CreateBoth(request, ns);
            journal.Add($"veth pair {hostEnd.Name}", () => host.Links.Delete(hostEnd.Index));
            if (request.HostAlias is not null || request.HostGroup is not null)
            {
                report?.Invoke($"set link {hostEnd.Name} alias {request.HostAlias}, group {request.HostGroup}");
                host.Links.Set(
                    hostEnd.Index, new LinkChange { Alias = request.HostAlias, Group = request.HostGroup });
            }

            report?.Invoke($"set link {request.Name} up in {request.Namespace}");
            container.Links.Set(hostEnd.PeerIndex, new LinkChange { Up = true });
            return new VethPair(host.Links.Get(hostEnd.Index), container.Links.Get(hostEnd.PeerIndex));
        });
    }

    private void ThrowIfHostNameStays(VethRequest request)
    {
        if (request.HostName is { } name
            && host.Links.Find(name) is { } present
            && container.Links.Find(request.Name)?.PeerIndex != present.Index)
        {
            throw new VethException(
                VethError.HostNameTaken, $"Interface '{name}' already exists in the caller's namespace.");
        }
    }

    private void DeleteExisting(UndoJournal journal, string name)
    {
        if (container.Links.Find(name) is { Kind: "veth" } existing)
        {
            report?.Invoke($"delete link {existing}");
            container.Links.Delete(existing.Index);
            journal.Add(
                $"missing veth pair {existing.Name}",
                () => throw new InvalidOperationException("a deleted pair cannot be brought back"));
        }
    }

    private Link CreateBoth(VethRequest request, NetNamespaceHandle ns)
    {
        VethEnd containerEnd = new()
        {
            Name = request.Name,
            Namespace = ns,
            Mtu = request.Mtu,
            MacAddress = request.MacAddress,
            QueueCount = VethRequest.QueueCount,
        };
        for (int attempt = 1; ; attempt++)
        {
            string hostName = request.HostName ?? (drawHostName ?? DrawHostName)();
            VethEnd hostEnd = new()
            {
                Name = hostName,
                Mtu = request.Mtu,
                MacAddress = request.HostMacAddress,
                QueueCount = VethRequest.QueueCount,
            };
            report?.Invoke($"create veth {hostName}, peer {request.Name} in {request.Namespace}");
            try
            {
                return host.Links.CreateVeth(hostEnd, containerEnd, up: true) ?? host.Links.Get(hostName);
            }
            catch (NetlinkException taken) when (taken.IsAlreadyThere)
            {
                ThrowUnlessRetry(request, hostName, attempt);
            }
        }
    }

    private void ThrowUnlessRetry(VethRequest request, string hostName, int attempt)
    {
        if (container.Links.Find(request.Name) is { } existing)
        {
            throw new VethException(
                VethError.ContainerNameTaken,
                $"Interface '{existing.Name}' ({existing.Index}) already exists in '{request.Namespace}'.");
        }

        if (request.HostName is not null)
        {
            throw new VethException(
                VethError.HostNameTaken, $"Interface '{hostName}' already exists in the caller's namespace.");
        }

        if (attempt == HostNameAttempts)
        {
            throw new VethException(
                VethError.HostNameTaken,
                $"{attempt} names drawn for the host's interface were all taken, '{hostName}' the last.");
        }
    }

    private static string DrawHostName() => $"veth{RandomNumberGenerator.GetHexString(8, lowercase: true)}";
}
