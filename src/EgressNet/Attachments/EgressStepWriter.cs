using EgressNet.Journal;
using EgressNet.Nat;
using EgressNet.Netlink.Addresses;
using EgressNet.Netlink.Links;
using EgressNet.Netlink.Namespaces;
using EgressNet.Netlink.Routes;
using EgressNet.Netlink.Transport;
using EgressNet.Plans;
using EgressNet.Veths;

namespace EgressNet.Attachments;

/// <summary>Does the steps of a plan, and notes each with its way back.</summary>
internal sealed class EgressStepWriter(
    EgressKernel kernel, EgressPlan plan, UndoJournal journal, Action<string>? report)
{
    private readonly Attachment _attachment = plan.Attachment;
    private readonly HostOwnership _ownership = new(kernel);
    private int _hostIndex;
    private int _containerIndex;
    private bool _isOwnPair;

    private NetlinkConnection Container => kernel.Container(_attachment.Namespace!);

    public NetlinkConnection ConnectionOf(EgressSide side) => side == EgressSide.Host ? kernel.Host : Container;

    public int IndexOf(EgressSide side) => side == EgressSide.Host ? _hostIndex : _containerIndex;

    /// <summary>Takes over a pair that is there.</summary>
    public void Adopt(VethPair pair) => (_hostIndex, _containerIndex) = (pair.Host.Index, pair.Container.Index);

    public void Do(EgressStep step)
    {
        try
        {
            Make(step);
        }
        catch (NetlinkException refused)
        {
            throw new NetlinkException(
                Named(refused.Operation, step.Text), refused.Errno, refused.KernelMessage, refused.Attribute);
        }
    }

    public void Change(EgressSide side, LinkChange change, string text)
    {
        report?.Invoke(text);
        if (_isOwnPair)
        {
            ConnectionOf(side).Links.Set(IndexOf(side), change);
            return;
        }

        Link before = ConnectionOf(side).Links.Get(IndexOf(side));

        // A refusal may come after a part of the change.
        journal.Add($"what was set: {text}", () => ChangeBack(side, before, change));
        ConnectionOf(side).Links.Set(before.Index, change);
    }

    public void ReplaceRoute(EgressSide side, Route present, Route wanted, string text)
    {
        report?.Invoke(text.Replace("add route", "replace route"));
        journal.Do(
            $"missing route {present}",
            () => ConnectionOf(side).Routes.Write(wanted, RouteChange.Replace),
            () => ConnectionOf(side).Routes.Write(present, RouteChange.Replace));
    }

    public void DeleteRoute(EgressSide side, Route present)
    {
        report?.Invoke($"delete route {present}");
        journal.Do(
            $"missing route {present}",
            () => ConnectionOf(side).Routes.Delete(present),
            () => ConnectionOf(side).Routes.Write(present, RouteChange.Prepend));
    }

    public void DeleteAddress(EgressSide side, InterfaceAddress present)
    {
        report?.Invoke($"delete address {present}");
        journal.Do(
            $"missing address {present}",
            () => ConnectionOf(side).Addresses.Delete(present),
            () => ConnectionOf(side).Addresses.Add(present));
    }

    /// <summary>Deletes an end of which the other one is not where it belongs; it cannot be brought back.</summary>
    public void DeleteEnd(Link end)
    {
        report?.Invoke($"delete link {end.Name}");
        kernel.Host.Links.Delete(end.Index);
        journal.Add(
            $"missing link {end.Name}", () => throw new InvalidOperationException("a deleted link cannot be brought back"));
    }

    public void AddRoute(RouteStep step)
    {
        report?.Invoke(step.Text);
        Route route = step.Route with { InterfaceIndex = IndexOf(step.Side) };
        journal.Do(
            $"route {route}",
            () => route = ConnectionOf(step.Side).Routes.WriteAndRead(route),
            () => ConnectionOf(step.Side).Routes.Delete(route));
    }

    // The step says what the operation was done to.
    private static string Named(string operation, string step)
    {
        string plain = operation.Replace(" IPv6 ", " ", StringComparison.Ordinal);
        return step.StartsWith($"{plain} ", StringComparison.Ordinal)
            ? operation + step[plain.Length..]
            : $"{operation} ({step})";
    }

    private void Make(EgressStep step)
    {
        switch (step)
        {
            case SettingStep setting:
                Set(setting);
                break;
            case VethStep veth:
                Create(veth);
                break;
            case LinkStep link:
                Change(link.Side, link.Change, link.Text);
                break;
            case AddressStep address:
                Add(address);
                break;
            case RouteStep { Side: EgressSide.Host } route:
                new HostRouteWriter(kernel, _ownership, this).Add(route);
                break;
            case RouteStep route:
                AddRoute(route);
                break;
            case NatStep nat:
                AddNat(nat);
                break;
        }
    }

    private void ChangeBack(EgressSide side, Link before, LinkChange change)
    {
        Link now = ConnectionOf(side).Links.Get(before.Index);
        LinkChange back = new()
        {
            Up = change.Up is null || now.IsUp == before.IsUp ? null : before.IsUp,
            Name = change.Name is null || now.Name == before.Name ? null : before.Name,
            Alias = change.Alias is null || now.Alias == before.Alias ? null : before.Alias ?? "",
            Group = change.Group is null || now.Group == before.Group ? null : before.Group,
            Mtu = change.Mtu is null || now.Mtu == before.Mtu ? null : before.Mtu,
            MacAddress = change.MacAddress is null || now.MacAddress == before.MacAddress ? null : before.MacAddress,
        };
        if (back != new LinkChange())
        {
            ConnectionOf(side).Links.Set(before.Index, back);
        }
    }

    private void Set(SettingStep step)
    {
        NetNamespace ns = step.Side == EgressSide.Host ? kernel.Node : kernel.Hold(_attachment.Namespace!);
        SettingChange change = new(kernel, ns, step);
        if (change.IsNeeded)
        {
            report?.Invoke(step.Text);
            journal.Add(step.Text, change.Undo);
            try
            {
                change.Do();
            }
            catch (NetNamespaceException denied)
                when (denied.Reason == NetNamespaceError.AccessDenied && change.CanBeSpared)
            {
            }
        }
    }

    private void Create(VethStep step)
    {
        report?.Invoke(step.Text);
        Link made = new PairWriter(kernel, journal).Create(step.Request, _attachment.Id.HostInterface);
        (_hostIndex, _containerIndex) = (made.Index, made.PeerIndex);
        _isOwnPair = true;
    }

    private void Add(AddressStep step)
    {
        report?.Invoke(step.Text);
        InterfaceAddress address = step.Address with { InterfaceIndex = IndexOf(step.Side) };
        journal.Do(
            $"address {address}",
            () => ConnectionOf(step.Side).Addresses.Add(address),
            () => ConnectionOf(step.Side).Addresses.Delete(address));
    }

    private void AddNat(NatStep step)
    {
        NatAddition? addition = null;

        // What comes after the entries may fail too, and going back behind what was not added changes nothing.
        journal.Add(step.Text, () =>
        {
            if (addition is not null)
            {
                new EgressNat(kernel.Netfilter).Undo(addition);
            }
        });
        new EgressNat(kernel.Netfilter, report).Add(step.Entries, _ownership.IsLive, intended => addition = intended);
    }
}
