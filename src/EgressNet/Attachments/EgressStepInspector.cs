using EgressNet.Nat;
using EgressNet.Netlink.Addresses;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Links;
using EgressNet.Netlink.Namespaces;
using EgressNet.Netlink.Routes;
using EgressNet.Netlink.Transport;
using EgressNet.Plans;
using EgressNet.PointToPoint;
using EgressNet.Veths;
using Kind = EgressNet.Attachments.EgressFindingKind;

namespace EgressNet.Attachments;

/// <summary>Looks whether what a step makes is there.</summary>
internal sealed class EgressStepInspector(EgressKernel kernel, Attachment attachment)
{
    private readonly HostOwnership _ownership = new(kernel);

    /// <summary>The ends as last looked at by the step of the pair; null for one that is not there.</summary>
    public Link? HostEnd { get; private set; }

    public Link? ContainerEnd { get; private set; }

    public VethPair? Pair => HostEnd is { } host && ContainerEnd is { } container ? new(host, container) : null;

    private NetlinkConnection Container => kernel.Container(attachment.Namespace!);

    public IEnumerable<EgressFinding> Inspect(EgressStep step) => step switch
    {
        SettingStep setting => Inspect(setting),
        VethStep veth => Inspect(veth),
        LinkStep link => Inspect(link),
        AddressStep address => Inspect(address),
        RouteStep route => Inspect(route),
        NatStep nat => Inspect(nat),
        _ => [],
    };

    /// <summary>The route that has the place of a step's.</summary>
    public Route? Present(RouteStep step) => ConnectionOf(step.Side).Routes
        .List(new RouteFilter
        {
            Family = step.Route.Family,
            Table = RouteTable.Main,
            InterfaceIndex = step.Side == EgressSide.Container ? ContainerEnd!.Index : 0,
        })
        .Where(route => route.Destination == step.Route.Destination)
        .OrderByDescending(route => Serves(route, step)).FirstOrDefault();

    /// <summary>The connected routes that stand beside a step's address.</summary>
    public IReadOnlyList<Route> Connected(AddressStep step)
    {
        if (step.Side == EgressSide.Host || ContainerEnd is null)
        {
            return [];
        }

        PointToPointPlan plan = new()
        {
            Address = step.Address.Local,
            InterfaceIndex = ContainerEnd.Index,
            Gateway = attachment.Addresses.First(each => each.Address == step.Address.Local).Gateway,
        };
        return
        [
            .. Container.Routes.List(new RouteFilter { Family = step.Address.Family, InterfaceIndex = ContainerEnd.Index })
                .Where(plan.Displaces),
        ];
    }

    /// <summary>The address that has the place of a step's.</summary>
    public InterfaceAddress? Rival(AddressStep step) => EndOf(step.Side) is { } end
        ? ConnectionOf(step.Side).Addresses.List(step.Address.Family, end.Index)
            .Where(found => found.Local.Address == step.Address.Local.Address)
            .OrderByDescending(found => found.Local == step.Address.Local).FirstOrDefault()
        : null;

    /// <summary>Whether an address is what a step makes.</summary>
    public static bool IsAsPlanned(InterfaceAddress present, InterfaceAddress planned) =>
        present.Local == planned.Local && present.Scope == planned.Scope
        && present.PreferredSeconds == 0 == (planned.PreferredSeconds == 0);

    private NetlinkConnection ConnectionOf(EgressSide side) => side == EgressSide.Host ? kernel.Host : Container;

    private Link? EndOf(EgressSide side) => side == EgressSide.Host ? HostEnd : ContainerEnd;

    private IEnumerable<EgressFinding> Inspect(SettingStep step)
    {
        NetNamespace ns = step.Side == EgressSide.Host ? kernel.Node : kernel.Hold(attachment.Namespace!);
        string? value = kernel.Settings.Read(ns, step.Setting);
        if (value is not null && value != step.Value)
        {
            Kind kind = step.Setting switch
            {
                _ when step.Setting.EndsWith("/accept_ra", StringComparison.Ordinal) => Kind.HostRouterAdvertisements,
                _ when step.Setting.EndsWith("/disable_ipv6", StringComparison.Ordinal) => Kind.IPv6Disabled,
                _ when step.Setting.EndsWith("/accept_dad", StringComparison.Ordinal) => Kind.DuplicateAddressDetection,
                _ => Kind.Forwarding,
            };
            yield return new EgressFinding(kind, step.Setting.Replace('/', '.'), step.Value, value);
        }
    }

    private IEnumerable<EgressFinding> Inspect(VethStep step)
    {
        HostEnd = _ownership.FindInterface(attachment.Id, attachment.HostInterface) ?? Unnamed(step);
        ContainerEnd = HostEnd is null ? null : FindPeer(HostEnd, step.Request.Name);
        return HostEnd is null || ContainerEnd is null
            ? Missing(step)
            :
            [
                .. Differs(Kind.HostInterface, HostEnd, attachment.HostInterface, HostEnd.Name),
                .. Differs(Kind.ContainerInterface, ContainerEnd, step.Request.Name, ContainerEnd.Name),
                .. Differs(Kind.HostMtu, HostEnd, attachment.Mtu, HostEnd.Mtu),
                .. Differs(Kind.HostMacAddress, HostEnd, attachment.HostMacAddress, HostEnd.MacAddress),
                .. Differs(Kind.ContainerMtu, ContainerEnd, attachment.Mtu, ContainerEnd.Mtu),
                .. Differs(Kind.ContainerMacAddress, ContainerEnd, attachment.MacAddress, ContainerEnd.MacAddress),
            ];
    }

    // An end whose alias was taken away is still known by its name and by whom it leads to.
    private Link? Unnamed(VethStep step) =>
        kernel.Host.Links.Find(attachment.HostInterface) is { Kind: "veth", Alias: null or "" } host
        && Container.Links.Find(step.Request.Name)?.PeerIndex == host.Index
            ? host
            : null;

    private Link? FindPeer(Link host, string name)
    {
        Link? named = Container.Links.Find(name);
        return named?.PeerIndex == host.Index
            ? named
            : Container.Links.List("veth").FirstOrDefault(
                end => end.Index == host.PeerIndex && end.PeerIndex == host.Index && end.PeerNamespaceId is not null);
    }

    private IEnumerable<EgressFinding> Missing(VethStep step)
    {
        if (HostEnd is null)
        {
            yield return new EgressFinding(Kind.HostInterface, step.Request.HostName!, "a veth end", null);
        }

        if (ContainerEnd is null)
        {
            yield return new EgressFinding(Kind.ContainerInterface, step.Request.Name, "a veth end", null);
        }
    }

    private IEnumerable<EgressFinding> Inspect(LinkStep step)
    {
        if (EndOf(step.Side) is not { } end)
        {
            yield break;
        }

        if (!end.IsUp)
        {
            yield return new EgressFinding(
                step.Side == EgressSide.Host ? Kind.HostInterfaceDown : Kind.ContainerInterfaceDown,
                end.Name, "up", "down");
        }

        if (step.Change.Alias is { } alias && alias != end.Alias)
        {
            yield return new EgressFinding(Kind.HostAlias, end.Name, alias, end.Alias);
        }

        if (step.Change.Group is { } group && group != end.Group)
        {
            yield return new EgressFinding(
                Kind.Isolation,
                end.Name,
                $"{attachment.Isolation}",
                $"{EgressGroup.IsolationOf(end.Group)?.ToString() ?? $"group {end.Group}"}");
        }
    }

    private IEnumerable<EgressFinding> Inspect(AddressStep step)
    {
        if (EndOf(step.Side) is not { } end)
        {
            yield break;
        }

        InterfaceAddress? present = Rival(step);
        if (present is null || !IsAsPlanned(present, step.Address))
        {
            yield return new EgressFinding(
                step.Side == EgressSide.Host ? Kind.HostAddress : Kind.ContainerAddress,
                end.Name,
                Text(step.Address),
                present is null ? null : Text(present));
        }

        foreach (Route connected in Connected(step))
        {
            yield return new EgressFinding(Kind.ContainerConnectedRoute, end.Name, "none", $"{connected}");
        }
    }

    private IEnumerable<EgressFinding> Inspect(RouteStep step)
    {
        if (EndOf(step.Side) is not { } end)
        {
            yield break;
        }

        Route? present = Present(step);
        if (present is null || !Serves(present, step))
        {
            yield return new EgressFinding(
                step.Side == EgressSide.Host ? Kind.HostRoute : Kind.ContainerRoute,
                end.Name,
                $"{step.Route}",
                (present?.InterfaceIndex == end.Index ? present with { InterfaceIndex = 0 } : present)?.ToString());
        }
    }

    private bool Serves(Route present, RouteStep step) => PointToPointPlan.Serves(
        present, step.Route with { InterfaceIndex = EndOf(step.Side)!.Index });

    private IEnumerable<EgressFinding> Inspect(NatStep step)
    {
        EgressNat nat = new(kernel.Netfilter);
        NatTableReport table = nat.Inspect();
        NatTableState state = table.State;
        if (state != NatTableState.Intact)
        {
            yield return new EgressFinding(
                Kind.NatTable,
                "egressnet",
                $"{NatTableState.Intact}",
                state == NatTableState.Absent ? null : string.Join("; ", table.Faults.DefaultIfEmpty($"{state}")));
        }

        if (state == NatTableState.Foreign)
        {
            yield break;
        }

        foreach (NatEntry wanted in step.Entries)
        {
            NatEntry? present = state == NatTableState.Absent ? null : nat.Find(wanted.Source);
            if (present?.Owner != wanted.Owner || present.Nat != wanted.Nat || present.IsTorn)
            {
                yield return new EgressFinding(Kind.Nat, $"{wanted.Source}", $"{wanted}", present?.ToString());
            }

            if (present is not null && present.Declaration != wanted.Declaration)
            {
                yield return new EgressFinding(
                    Kind.Declaration, $"{wanted.Source}", "as declared", present.Declaration is null ? null : "another");
            }

            if (present is not null && !present.Metadata.ToHashSet().SetEquals(wanted.Metadata))
            {
                yield return new EgressFinding(
                    Kind.Metadata, $"{wanted.Source}", Text(wanted.Metadata), Text(present.Metadata));
            }

            if (present is not null && !present.Excluded.Order().SequenceEqual(wanted.Excluded.Order()))
            {
                yield return new EgressFinding(
                    Kind.NatExclusion, $"{wanted.Source}", Text(wanted.Excluded), Text(present.Excluded));
            }
        }
    }

    private static string Text(IReadOnlyList<InetPrefix> prefixes) =>
        prefixes.Count == 0 ? "none" : string.Join(", ", prefixes.Order());

    private static string Text(IReadOnlyList<MetadataPair> pairs) =>
        pairs.Count == 0 ? "none" : string.Join(", ", pairs.Select(pair => $"{pair.Address} from {pair.HostInterface}"));

    private static string Text(InterfaceAddress address) =>
        $"{address.Local} scope {address.Scope}{(address.PreferredSeconds == 0 ? " deprecated" : "")}";

    private static IEnumerable<EgressFinding> Differs<T>(Kind kind, Link end, T expected, object? actual) =>
        $"{expected}" == $"{actual}" ? [] : [new EgressFinding(kind, end.Name, $"{expected}", $"{actual}")];
}
