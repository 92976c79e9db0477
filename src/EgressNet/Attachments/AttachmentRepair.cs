using EgressNet.Journal;
using EgressNet.Nat;
using EgressNet.Netlink.Addresses;
using EgressNet.Netlink.Links;
using EgressNet.Netlink.Namespaces;
using EgressNet.Netlink.Routes;
using EgressNet.Plans;
using Kind = EgressNet.Attachments.EgressFindingKind;

namespace EgressNet.Attachments;

/// <summary>Brings attachments back to how they are meant to be, and touches only what differs.</summary>
/// <param name="kernel">The node.</param>
/// <param name="report">Told each kernel change just before it is made; null for nobody.</param>
/// <param name="cancellationToken">Ends the work between two steps; what was done is then undone.</param>
public sealed class AttachmentRepair(
    EgressKernel kernel, Action<string>? report = null, CancellationToken cancellationToken = default)
{
    /// <summary>Repairs one attachment.</summary>
    /// <param name="plan">The attachment as it is meant to be.</param>
    /// <returns>What differed, and does not any more.</returns>
    /// <exception cref="AttachmentException">The pair leads into another namespace than the one named; nothing was
    /// touched.</exception>
    /// <exception cref="NetNamespaceException">The namespace is gone, or not the one that was read; nothing was touched.
    /// </exception>
    /// <exception cref="AddressInUseException">Somebody else on this node has one of the addresses.</exception>
    /// <exception cref="UndoFailedException">A step failed and something is left, as told.</exception>
    public IReadOnlyList<EgressFinding> Repair(EgressPlan plan)
    {
        try
        {
            new PeerNamespace(kernel).ThrowIfStray(plan.Attachment);
            return UndoJournal.Run(journal =>
            {
                List<EgressFinding> repaired = [];
                EgressStepWriter writer = new(kernel, plan, journal, report);
                EgressStepInspector inspector = new(kernel, plan.Attachment);
                foreach (EgressStep step in plan.Steps)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    EgressFinding[] findings = [.. inspector.Inspect(step)];
                    if (step is VethStep && inspector.Pair is { } pair)
                    {
                        writer.Adopt(pair);
                    }

                    if (findings.Length > 0)
                    {
                        Mend(writer, inspector, step, findings);
                        repaired.AddRange(findings);
                    }
                }

                return repaired;
            });
        }
        finally
        {
            kernel.LeaveContainer();
        }
    }

    private static void Mend(
        EgressStepWriter writer, EgressStepInspector inspector, EgressStep step, EgressFinding[] findings)
    {
        T? Where<T>(Kind kind, T? value) => findings.Any(finding => finding.Kind == kind) ? value : default;
        switch (step)
        {
            case VethStep when inspector.Pair is null:
                if (inspector.HostEnd is { } orphan)
                {
                    writer.DeleteEnd(orphan);
                }

                writer.Do(step);
                _ = inspector.Inspect(step).Count();
                break;
            case VethStep veth:
                MendEnd(writer, EgressSide.Host, inspector.HostEnd!.Name, new LinkChange
                {
                    Name = Where(Kind.HostInterface, veth.Request.HostName),
                    Mtu = Where(Kind.HostMtu, veth.Request.Mtu),
                    MacAddress = Where(Kind.HostMacAddress, veth.Request.HostMacAddress),
                });
                MendEnd(writer, EgressSide.Container, inspector.ContainerEnd!.Name, new LinkChange
                {
                    Name = Where(Kind.ContainerInterface, veth.Request.Name),
                    Mtu = Where(Kind.ContainerMtu, veth.Request.Mtu),
                    MacAddress = Where(Kind.ContainerMacAddress, veth.Request.MacAddress),
                });
                break;
            case AddressStep address:
                MendAddress(writer, inspector, address);
                break;
            case RouteStep route when inspector.Present(route) is { } present && IsOwn(writer, route, present):
                writer.ReplaceRoute(
                    route.Side, present, route.Route with { InterfaceIndex = writer.IndexOf(route.Side) }, route.Text);
                break;
            case NatStep nat:
                writer.Do(nat with { Entries = [.. nat.Entries.Where(entry => Differs(entry, findings))] });
                break;
            default:
                writer.Do(step);
                break;
        }
    }

    private static bool Differs(NatEntry entry, EgressFinding[] findings) =>
        findings.Any(finding => finding.Subject == $"{entry.Source}");

    // A route of the node that leads elsewhere may be somebody's: the writer asks before it takes it over.
    private static bool IsOwn(EgressStepWriter writer, RouteStep step, Route present) =>
        step.Side == EgressSide.Container || present.InterfaceIndex == writer.IndexOf(step.Side);

    private static void MendAddress(EgressStepWriter writer, EgressStepInspector inspector, AddressStep step)
    {
        InterfaceAddress? rival = inspector.Rival(step);
        bool isRight = rival is not null && EgressStepInspector.IsAsPlanned(rival, step.Address);
        if (rival is not null && !isRight)
        {
            writer.DeleteAddress(step.Side, rival);
        }

        if (!isRight)
        {
            writer.Do(step);
        }

        foreach (Route connected in inspector.Connected(step))
        {
            writer.DeleteRoute(step.Side, connected);
        }
    }

    private static void MendEnd(EgressStepWriter writer, EgressSide side, string name, LinkChange change)
    {
        if (change != new LinkChange())
        {
            writer.Change(
                side,
                change,
                string.Join(
                    ' ',
                    ((string?[])[
                        $"set link {name}",
                        change.Name is null ? null : $"name {change.Name}",
                        change.Mtu is null ? null : $"mtu {change.Mtu}",
                        change.MacAddress is null ? null : $"address {change.MacAddress}",
                    ]).Where(word => word is not null)));
        }
    }
}
