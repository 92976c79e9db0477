using EgressNet.Changes;
using EgressNet.Netlink.Links;
using EgressNet.Netlink.Namespaces;
using EgressNet.Netlink.Transport;

namespace EgressNet.Veths;

/// <summary>Creates veth pairs of containers.</summary>
/// <param name="host">A conversation with the host's namespace.</param>
/// <param name="container">A conversation with the container's namespace.</param>
/// <param name="drawHostName">Draws a host name; null for <c>veth</c> and eight random hexadecimal digits.</param>
/// <param name="report">Called with the text of each change just before it is made; may be null.</param>
/// <param name="cancellationToken">Ends the work between two changes; what was made is then taken away.</param>
internal sealed class VethFactory(
    Conversation host,
    Conversation container,
    Func<string>? drawHostName = null,
    Action<string>? report = null,
    CancellationToken cancellationToken = default)
{
    private const int HostNameAttempts = 10;

    /// <summary>Creates a pair with both ends up. The container's end is created in its namespace, never moved there.</summary>
    /// <param name="request">What to make.</param>
    /// <returns>Both ends as the kernel has them.</returns>
    /// <exception cref="VethException">A name is taken, or the namespace is the host's; nothing was made.</exception>
    /// <exception cref="NetlinkException">The kernel refused; nothing is left.</exception>
    /// <exception cref="UndoFailedException">The kernel refused and the pair is left, as told.</exception>
    public VethPair Create(VethRequest request)
    {
        using NetNamespaceHandle ns = request.Namespace.Open();
        ThrowIfOwn(request, ns);
        using NetlinkConnection.CancellationHold hostHold = host.Connection.HoldCancellation();
        using NetlinkConnection.CancellationHold containerHold = container.Connection.HoldCancellation();
        return ChangeSet.Run(report, changes => Create(request, ns, changes), cancellationToken);
    }

    /// <summary>Throws for names that <see cref="Create(VethRequest)"/> would find in use; nothing is changed.</summary>
    /// <param name="request">What is to be made.</param>
    /// <exception cref="VethException">A name is taken, or the namespace is the host's.</exception>
    public void ThrowIfTaken(VethRequest request)
    {
        using NetNamespaceHandle ns = request.Namespace.Open();
        ThrowIfOwn(request, ns);
        ThrowIfHostNameStays(request);
        if (container.Connection.Links.Find(request.Name) is { } existing && !(request.Replace && existing.Kind == "veth"))
        {
            throw ContainerNameTaken(request, existing);
        }
    }

    private static void ThrowIfOwn(VethRequest request, NetNamespaceHandle ns)
    {
        using NetNamespaceHandle own = NamespaceReference.Current.Open();
        if (ns.Identity == own.Identity)
        {
            throw new VethException(
                VethError.SameNamespace, $"'{request.Namespace}' is the caller's own network namespace.");
        }
    }

    private static VethException ContainerNameTaken(VethRequest request, Link existing) => new(
        VethError.ContainerNameTaken,
        $"Interface '{existing.Name}' ({existing.Index}) already exists in '{request.Namespace}'.");

    private VethPair Create(VethRequest request, NetNamespaceHandle ns, ChangeSet changes)
    {
        if (request.Replace)
        {
            ThrowIfHostNameStays(request);
            DeleteExisting(changes, request.Name);
        }

        Link made = CreateBoth(request, ns, changes);
        if (request.HostAlias is not null)
        {
            changes.Do(new SetLink(() => host.Connection, made, new LinkChange { Alias = request.HostAlias }));
        }

        if (request.HostAlternativeName is not null)
        {
            AddName(request.HostAlternativeName, made, changes);
        }

        Link end = container.Connection.Links.Get(made.PeerIndex);
        changes.Do(new SetLink(
            () => container.Connection, end, new LinkChange { Up = true }, $" in {request.Namespace}"));
        return new VethPair(host.Connection.Links.Get(made.Index), container.Connection.Links.Get(end.Index));
    }

    private void AddName(string name, Link made, ChangeSet changes)
    {
        try
        {
            changes.Do(new AddAlternativeName(() => host.Connection, made.Index, made.Name, name));
        }
        catch (NetlinkException taken) when (taken.IsAlreadyThere)
        {
            throw new VethException(
                VethError.HostNameTaken, $"An interface in the caller's namespace has the name '{name}' already.");
        }
    }

    private void ThrowIfHostNameStays(VethRequest request)
    {
        if (request.HostName is { } name
            && host.Connection.Links.Find(name) is { } present
            && !(request.Replace && container.Connection.Links.Find(request.Name)?.PeerIndex == present.Index))
        {
            throw new VethException(
                VethError.HostNameTaken, $"Interface '{name}' already exists in the caller's namespace.");
        }
    }

    private void DeleteExisting(ChangeSet changes, string name)
    {
        if (container.Connection.Links.Find(name) is { Kind: "veth" } existing)
        {
            changes.Do(new DeleteLink(() => container.Connection, existing, $"veth pair {existing.Name}"));
        }
    }

    private Link CreateBoth(VethRequest request, NetNamespaceHandle ns, ChangeSet changes)
    {
        for (int attempt = 1; ; attempt++)
        {
            string hostName = request.HostName ?? (drawHostName ?? DrawHostName)();
            AddVeth added = new(() => host.Connection, ns, request with { HostName = hostName }, isUp: true);
            try
            {
                changes.Do(added);
                return added.Made;
            }
            catch (NetlinkException taken) when (taken.IsAlreadyThere)
            {
                ThrowUnlessRetry(request, hostName, attempt);
            }
        }
    }

    private void ThrowUnlessRetry(VethRequest request, string hostName, int attempt)
    {
        if (container.Connection.Links.Find(request.Name) is { } existing)
        {
            throw ContainerNameTaken(request, existing);
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
                $"{attempt} random names for the host's interface already exist, '{hostName}' the last.");
        }
    }

    private static string DrawHostName() => $"veth{Random.Shared.GetHexString(8, lowercase: true)}";
}
