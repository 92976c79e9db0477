using EgressNet.Addresses;
using EgressNet.Gateways;
using EgressNet.Journal;
using EgressNet.Nat;
using EgressNet.Netlink.Addresses;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Links;
using EgressNet.Netlink.Namespaces;
using EgressNet.Netlink.Netfilter;
using EgressNet.Netlink.Routes;
using EgressNet.Netlink.Transport;
using EgressNet.Plans;
using EgressNet.Veths;

namespace EgressNet.Attachments;

/// <summary>Makes attachments, whole or not at all.</summary>
/// <param name="kernel">The node.</param>
/// <param name="report">Told each kernel change just before it is made; null for nobody.</param>
/// <param name="cancellationToken">Ends the work between two steps; what was made is then taken away.</param>
public sealed class AttachmentCreation(
    EgressKernel kernel, Action<string>? report = null, CancellationToken cancellationToken = default)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    /// <summary>Makes an attachment. When it returns, the container reaches its gateways.</summary>
    /// <param name="plan">What to make.</param>
    /// <param name="replace">Whether one of the same id is removed first. It cannot be brought back: an error after that
    /// says so.</param>
    /// <exception cref="AttachmentException">There is one of that id already, or it cannot be made.</exception>
    /// <exception cref="VethException">A name is taken, or the namespace is the node's own.</exception>
    /// <exception cref="AddressInUseException">Somebody else on this node has one of the addresses.</exception>
    /// <exception cref="NetNamespaceException">There is no such namespace, or a setting cannot be changed.</exception>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    /// <exception cref="NfTransactionException">The packet filter refused.</exception>
    /// <exception cref="UndoFailedException">One of these, and something is left, as told.</exception>
    public void Create(EgressPlan plan, bool replace = false)
    {
        try
        {
            FoundAttachment[] old = replace ? [.. FindOld(plan.Attachment)] : [];
            ThrowIfThere(plan.Attachment, old);
            ThrowIfGatewayTaken(plan.Attachment);
            UndoJournal.Run(journal =>
            {
                Array.ForEach(old, each => Remove(each, journal));
                EgressStepWriter writer = new(kernel, plan, journal, report);
                foreach (EgressStep step in plan.Steps)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    Do(writer, step, plan.Attachment);
                }

                WaitUntilUsable(plan, writer);
                ThrowIfGone(plan.Attachment);
                cancellationToken.ThrowIfCancellationRequested();
                return true;
            });
        }
        finally
        {
            kernel.LeaveContainer();
        }
    }

    /// <summary>The steps that a creation would take now; nothing is changed.</summary>
    /// <param name="plan">What is to be made.</param>
    /// <returns>The plan's steps without the settings that are right already or will be from the start.</returns>
    public IEnumerable<EgressStep> Preview(EgressPlan plan) =>
        plan.Steps.Where(step => step is not SettingStep setting || !IsRight(plan.Attachment, setting));

    private bool IsRight(Attachment attachment, SettingStep step)
    {
        (NetNamespace ns, string name) = step.Side == EgressSide.Host
            ? (kernel.Node, attachment.HostInterface)
            : (attachment.Namespace!, attachment.Id.InterfaceName);
        try
        {
            return kernel.Settings.Read(ns, step.Setting.Replace($"/{name}/", "/default/")) == step.Value;
        }
        catch (NetNamespaceException)
        {
            return false;
        }
    }

    /// <summary>What is allowed and yet perhaps not meant.</summary>
    /// <param name="plan">What is to be made.</param>
    /// <returns>Sentences.</returns>
    public IEnumerable<string> Doubts(EgressPlan plan)
    {
        if (plan.Attachment.Families.Contains(AddressFamily.IPv6) && LosesDefaultRoute())
        {
            yield return "IPv6 forwarding is off, and the node's default route comes from router advertisements: once it "
                + "forwards, the kernel heeds them only on interfaces whose accept_ra is 2.";
        }

        foreach (string doubt in ForwardDoubts(plan.Attachment))
        {
            yield return doubt;
        }

        foreach (AttachmentAddress address in plan.Attachment.Addresses)
        {
            if (!address.Address.IsHost && !address.Address.Contains(address.Gateway))
            {
                yield return $"Gateway '{address.Gateway}' is outside {address.Address.Network}: it is reached by a "
                    + "link route of its own.";
            }

            if (new HostOwnership(kernel).DoubtOf(address.Nat) is { } doubt)
            {
                yield return doubt;
            }
        }
    }

    private IEnumerable<string> ForwardDoubts(Attachment attachment)
    {
        try
        {
            return [.. new ForwardDrops(kernel.Netfilter)
                .Of(attachment.HostInterface, [.. attachment.Families]).Select(drop => $"{drop}")];
        }
        catch (NetlinkException)
        {
            // The creation itself says so.
            return [];
        }
    }

    private bool LosesDefaultRoute() =>
        kernel.Settings.Read(kernel.Node, "net/ipv6/conf/all/forwarding") == "0"
        && kernel.Host.Routes
            .List(new RouteFilter { Family = AddressFamily.IPv6, Protocol = RouteProtocol.Ra, Table = RouteTable.Main })
            .Any(route => route.Destination.IsDefault);

    private IEnumerable<FoundAttachment> FindOld(Attachment attachment)
    {
        FoundAttachment[] found = [.. new AttachmentReader(kernel).Read(id => id == attachment.Id)];
        return found.Length == 0 && new HostOwnership(kernel).FindInterface(attachment.Id) is { } broken
            ? [new FoundAttachment(attachment with { HostInterface = broken.Name }, broken, null)]
            : found;
    }

    private void Remove(FoundAttachment old, UndoJournal journal)
    {
        new AttachmentRemoval(kernel, report).Remove(old.Attachment);
        journal.Add(
            $"missing {old.Attachment.Id}",
            () => throw new InvalidOperationException("what was replaced cannot be brought back"));
    }

    private void Do(EgressStepWriter writer, EgressStep step, Attachment attachment)
    {
        try
        {
            writer.Do(step);
        }
        catch (NetlinkException taken) when (step is VethStep && taken.IsAlreadyThere)
        {
            // Somebody was faster.
            ThrowIfThere(attachment, []);
            throw;
        }
    }

    private void ThrowIfGone(Attachment attachment)
    {
        NetNamespace ns = attachment.Namespace!;
        try
        {
            using NetNamespaceHandle held = kernel.Hold(ns).Open();
            using NetNamespaceHandle present = ns.WithIdentity(null).Open();
            if (held.Identity == present.Identity)
            {
                return;
            }
        }
        catch (NetNamespaceException)
        {
        }

        throw new AttachmentException(
            AttachmentError.NamespaceGone, $"The network namespace '{ns}' went away while {attachment.Id} was made.");
    }

    private void ThrowIfThere(Attachment attachment, FoundAttachment[] old)
    {
        NetNamespace ns = attachment.Namespace!;
        using (NetNamespaceHandle container = kernel.Hold(ns).Open())
        using (NetNamespaceHandle own = kernel.Node.Open())
        {
            if (container.Identity == own.Identity)
            {
                throw new VethException(VethError.SameNamespace, $"'{ns}' is the node's own network namespace.");
            }
        }

        // A chosen name says nothing of another attachment with the same id.
        bool isChosen = attachment.HostInterface != attachment.Id.HostInterface;
        if (isChosen && old.Length == 0 && new HostOwnership(kernel).FindInterface(attachment.Id) is { } earlier)
        {
            throw AlreadyThere(attachment, earlier);
        }

        if (kernel.Host.Links.Find(attachment.HostInterface) is { } host
            && !old.Any(each => each.Host?.Index == host.Index))
        {
            throw new HostOwnership(kernel).FindInterface(attachment.Id)?.Index == host.Index
                ? AlreadyThere(attachment, host)
                : new VethException(
                    VethError.HostNameTaken, $"Interface '{host.Name}' already exists in the caller's namespace.");
        }

        if (kernel.Container(ns).Links.Find(attachment.Id.InterfaceName) is { } taken
            && !old.Any(each => each.Host?.PeerIndex == taken.Index && each.Attachment.Namespace == ns))
        {
            throw new VethException(
                VethError.ContainerNameTaken, $"Interface '{taken.Name}' ({taken.Index}) already exists in '{ns}'.");
        }
    }

    private void ThrowIfGatewayTaken(Attachment attachment)
    {
        GatewayRules rules = new(kernel.Host, link => AttachmentId.FromAlias(link.Alias)?.Owner);
        foreach (AttachmentAddress address in attachment.Addresses)
        {
            if (rules.FaultOf(address.Address, address.Gateway) is { } fault && fault.Owner != attachment.Id.Owner)
            {
                string text = $"Gateway '{address.Gateway}' cannot be one on this node. {fault.Text}";
                throw fault.Owner is null
                    ? new AttachmentException(AttachmentError.InvalidGateway, text)
                    : new AddressInUseException(address.Gateway, text);
            }
        }
    }

    private static AttachmentException AlreadyThere(Attachment attachment, Link host) => new(
        AttachmentError.AlreadyExists,
        $"ContainerId '{attachment.Id.ContainerId}' is attached already: {attachment.Id} with interface {host.Name}.");

    private void WaitUntilUsable(EgressPlan plan, EgressStepWriter writer)
    {
        foreach (EgressSide side in (EgressSide[])[EgressSide.Host, EgressSide.Container])
        {
            LinkReadiness.Wait(writer.ConnectionOf(side), writer.IndexOf(side), s_patience, cancellationToken);
        }

        foreach (AddressStep step in plan.Steps.OfType<AddressStep>()
            .Where(step => step.Address.Family == AddressFamily.IPv6))
        {
            InterfaceAddress address = step.Address with { InterfaceIndex = writer.IndexOf(step.Side) };
            AddressReadiness.Wait(writer.ConnectionOf(step.Side), address, s_patience, cancellationToken);
        }
    }
}
