using EgressNet.Attachments;
using EgressNet.Changes;
using EgressNet.Netlink.Links;
using EgressNet.Netlink.Namespaces;
using EgressNet.Netlink.Transport;
using EgressNet.Nodes;
using EgressNet.Veths;
using Kind = EgressNet.Attachments.EgressFindingKind;

namespace EgressNet.Plans;

/// <summary>The veth pair.</summary>
/// <param name="Request">Both ends.</param>
internal sealed record VethStep(VethRequest Request, AttachmentId Id) : EgressStep(EgressSide.Host)
{
    private static readonly bool s_hasAlternativeNames = Environment.OSVersion.Version >= new Version(5, 5);

    /// <inheritdoc/>
    public override string Text => $"add veth {Request.HostName}, peer {Request.Name} in {Request.Namespace}, "
        + $"mtu {Request.Mtu}";

    internal override void Apply(StepContext context)
    {
        using NetNamespaceHandle ns = context.ContainerNamespace.Open();
        Func<NetlinkConnection> connect = () => context.Kernel.Host;
        AddVeth added = new(connect, ns, Request);
        context.Changes.Do(added);
        context.HostEnd = added.Made;
        context.IsOwnPair = true;

        // The first thing by which it is known without its record.
        context.Changes.Do(new SetLink(connect, added.Made, new LinkChange { Alias = Request.HostAlias }));
        AddName(context, added.Made);
        context.UpdateRecord();
        context.ContainerEnd = context.ConnectionOf(EgressSide.Container).Links.Get(added.Made.PeerIndex);
    }

    internal override IEnumerable<EgressFinding> Compare(StepContext context)
    {
        context.HostEnd = context.Ownership.FindHostEnd(Id, context.OldRecord);
        context.ContainerEnd = context.HostEnd is null ? null : FindPeer(context, context.HostEnd);
        return context.HostEnd is { } host && context.ContainerEnd is { } container
            ?
            [
                .. Differs(Kind.HostInterface, host, Request.HostName, host.Name),
                .. Differs(Kind.ContainerInterface, container, Request.Name, container.Name),
                .. s_hasAlternativeNames && !host.AlternativeNames.Contains(Id.AlternativeName)
                    ? Differs(Kind.HostAlternativeName, host, Id.AlternativeName, null)
                    : [],
                .. Differs(Kind.HostMtu, host, Request.Mtu, host.Mtu),
                .. Differs(Kind.HostMacAddress, host, Request.HostMacAddress, host.MacAddress),
                .. Differs(Kind.ContainerMtu, container, Request.Mtu, container.Mtu),
                .. Differs(Kind.ContainerMacAddress, container, Request.MacAddress, container.MacAddress),
            ]
            : Missing(context);
    }

    /// <summary>Throws for a pair whose other end is not in the container's namespace.</summary>
    internal void ThrowIfElsewhere(StepContext context)
    {
        Link? host = context.Ownership.FindHostEnd(Id, context.OldRecord);
        string? elsewhere = host is not null
            ? FindPeer(context, host) is null
                ? $"Interface {host.Name} of {Id} leads to another network namespace than '{Request.Namespace}'."
                : null
            : StrayPair.Find(context.Kernel, context.OldRecord) is { } stray
                ? $"The host's end of {stray.End.Name} of {Id} was moved to another network namespace."
                : null;
        if (elsewhere is not null)
        {
            throw new AttachmentException(AttachmentError.NamespaceChanged, elsewhere);
        }
    }

    internal override void Repair(StepContext context, IReadOnlyList<EgressFinding> findings)
    {
        if (context is not { HostEnd: { } host, ContainerEnd: { } container })
        {
            Apply(context);
        }
        else
        {
            if (findings.Any(finding => finding.Kind == Kind.HostAlternativeName))
            {
                AddName(context, host);
            }

            T? Wanted<T>(Kind kind, T? value) => findings.Any(finding => finding.Kind == kind) ? value : default;
            Set(context, EgressSide.Host, host, new LinkChange
            {
                Name = Wanted(Kind.HostInterface, Request.HostName),
                Mtu = Wanted(Kind.HostMtu, Request.Mtu),
                MacAddress = Wanted(Kind.HostMacAddress, Request.HostMacAddress),
            });
            Set(context, EgressSide.Container, container, new LinkChange
            {
                Name = Wanted(Kind.ContainerInterface, Request.Name),
                Mtu = Wanted(Kind.ContainerMtu, Request.Mtu),
                MacAddress = Wanted(Kind.ContainerMacAddress, Request.MacAddress),
            });
            context.HostEnd = context.ConnectionOf(EgressSide.Host).Links.Get(host.Index);
            context.ContainerEnd = context.ConnectionOf(EgressSide.Container).Links.Get(container.Index);
        }
    }

    private void AddName(StepContext context, Link made)
    {
        try
        {
            context.Changes.Do(
                new AddAlternativeName(
                () => context.Kernel.Host, made.Index, made.Name, Id.AlternativeName, context.IsOwnPair));
        }
        catch (NetlinkException taken) when (taken.IsAlreadyThere)
        {
            // A veth that has no alias of another's may be the pair of the lost record.
            Link? other = context.Kernel.Host.Links.Find(Id.AlternativeName);
            throw context.IsOwnPair && other?.Kind == "veth" && (AttachmentId.FromAlias(other.Alias) ?? Id) == Id
                ? new AttachmentException(
                    AttachmentError.AlreadyExists,
                    $"Container egress '{Id}' already exists: interface '{other.Name}' has the name {Id.AlternativeName}.")
                : new VethException(VethError.HostNameTaken, TakenBy(other, Id.AlternativeName, "the caller's namespace"));
        }
    }

    private string TakenBy(Link? other, string name, string where) =>
        $"The name '{name}' in {where}, which is for {Id}, is taken by interface '{other?.Name ?? name}'"
        + (AttachmentId.FromAlias(other?.Alias) is { } owner ? $" of {owner}." : ".");

    // An index alone could be that of another pair: each end must point at the other, and the host's into this namespace.
    private static Link? FindPeer(StepContext context, Link host)
    {
        if (!LeadsToContainer(context, host))
        {
            return null;
        }

        try
        {
            Link peer = context.ConnectionOf(EgressSide.Container).Links.Get(host.PeerIndex);
            return peer.PeerIndex == host.Index && peer.Kind == "veth" ? peer : null;
        }
        catch (NetlinkException absent) when (absent.IsAbsent)
        {
            return null;
        }
    }

    private static bool LeadsToContainer(StepContext context, Link host)
    {
        using NetNamespaceHandle ns = context.ContainerNamespace.Open();
        return host.PeerNamespaceId is { } number && context.Kernel.Host.Links.NamespaceIdOf(ns) == number;
    }

    private IEnumerable<EgressFinding> Missing(StepContext context)
    {
        if (context.HostEnd is { } host && !LeadsToContainer(context, host))
        {
            yield return new EgressFinding(
                Kind.NetNamespace, $"{Id}", $"{Request.Namespace}", $"another one behind {host.Name}");
            yield break;
        }

        if (context.HostEnd is null)
        {
            StrayPair? stray = StrayPair.Find(context.Kernel, context.OldRecord);
            yield return new EgressFinding(
                Kind.HostInterface, Request.HostName!, "a veth end",
                stray is null ? null : $"in another network namespace, of {stray.End.Name}");
            if (stray is not null)
            {
                yield break;
            }
        }

        yield return new EgressFinding(Kind.ContainerInterface, Request.Name, "a veth end", null);
    }

    private void Set(StepContext context, EgressSide side, Link end, LinkChange change)
    {
        if (change == new LinkChange())
        {
            return;
        }

        try
        {
            context.Changes.Do(new SetLink(() => context.ConnectionOf(side), end, change));
        }
        catch (NetlinkException taken) when (taken.IsAlreadyThere && change.Name is not null)
        {
            Link? other = context.ConnectionOf(side).Links.Find(change.Name);
            throw side == EgressSide.Host
                ? new VethException(VethError.HostNameTaken, TakenBy(other, change.Name, "the caller's namespace"))
                : new VethException(VethError.ContainerNameTaken, TakenBy(other, change.Name, $"'{Request.Namespace}'"));
        }
    }

    private static IEnumerable<EgressFinding> Differs<T>(Kind kind, Link end, T expected, object? actual) =>
        $"{expected}" == $"{actual}" ? [] : [new EgressFinding(kind, end.Name, $"{expected}", actual?.ToString())];
}
