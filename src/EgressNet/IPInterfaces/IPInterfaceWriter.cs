using EgressNet.Changes;
using EgressNet.Netlink;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.IPInterfaces;
using EgressNet.Netlink.Links;
using EgressNet.Netlink.Namespaces;
using EgressNet.Netlink.Transport;

namespace EgressNet.IPInterfaces;

/// <summary>Sets what one interface does, as a whole or not at all. /proc/sys knows interfaces by name: what was set is read
/// back by index, so that a name that has passed on meanwhile is noticed.</summary>
/// <param name="conversation">One with the interface's namespace.</param>
/// <param name="settings">The settings.</param>
/// <param name="ns">The namespace.</param>
internal sealed class IPInterfaceWriter(Conversation conversation, IKernelSettings settings, NamespaceReference ns)
{
    /// <summary>Told each change just before it is made; null for nobody.</summary>
    public Action<string>? Report { get; init; }

    /// <summary>Ends the work between two changes; what was done is then undone.</summary>
    public CancellationToken Stopping { get; init; }

    /// <summary>The changes in words, as they would be told.</summary>
    public static IEnumerable<string> TextsOf(IReadOnlyList<IPInterface> meant, IPInterfaceChange change)
    {
        string name = meant[0].Name;
        return (IsLinkChanged(meant, change) ? [SetLink.TextOf(name, LinkChangeOf(change))] : Array.Empty<string>())
            .Concat(Plan(meant, change).Select(each => SetSetting.TextOf(each.Setting.PathOf(name), $"{each.Value}")));
    }

    /// <summary>Refuses what cannot be set.</summary>
    /// <exception cref="ArgumentException">It cannot be set.</exception>
    public void Check(IReadOnlyList<IPInterface> meant, IPInterfaceChange change) => IPInterfaceRules.ThrowIfInvalid(
        meant, conversation.Connection.IPInterfaces.Get(meant[0].Index), change);

    /// <summary>Sets what differs.</summary>
    /// <param name="meant">The families of one interface that are meant, as read.</param>
    /// <param name="change">What is to be set.</param>
    /// <returns>The same families as the kernel has them then.</returns>
    /// <exception cref="ArgumentException">It cannot be set; nothing was changed.</exception>
    /// <exception cref="NetlinkException">The kernel refused; what was done is undone.</exception>
    /// <exception cref="NetNamespaceException">A setting could not be written; what was done is undone.</exception>
    /// <exception cref="SettingNotTakenException">It was written to no avail; what was done is undone.</exception>
    /// <exception cref="UndoFailedException">It failed, and something is left, as told.</exception>
    public IReadOnlyList<IPInterface> Apply(IReadOnlyList<IPInterface> meant, IPInterfaceChange change)
    {
        Check(meant, change);
        using NetlinkConnection.CancellationHold hold = conversation.Connection.HoldCancellation();
        return ChangeSet.Run(Report, changes => Apply(changes, meant, change), Stopping);
    }

    private IReadOnlyList<IPInterface> Apply(ChangeSet changes, IReadOnlyList<IPInterface> meant, IPInterfaceChange change)
    {
        int index = meant[0].Index;
        if (IsLinkChanged(meant, change))
        {
            Link before = conversation.Connection.Links.Get(index);
            changes.Do(new SetLink(() => conversation.Connection, before, LinkChangeOf(change)));
        }

        foreach ((IPInterfaceSetting setting, uint value) in Plan(meant, change))
        {
            string path = setting.PathOf(meant[0].Name);
            string before = settings.Read(ns, path) ?? throw Absent(meant[0].Name);
            changes.Do(new SetSetting(settings, ns, path, before, $"{value}", isKept: false));
        }

        IPInterface[] now =
        [
            .. conversation.Connection.IPInterfaces.Get(index)
                .Where(row => meant.Any(each => each.Family == row.Family)),
        ];
        if (now.Length < meant.Count || Plan(now, change).Any() || IsLinkChanged(now, change))
        {
            throw new SettingNotTakenException(
                $"{meant[0].Name} was set, and is not: {string.Join(", ", TextsOf(now.Length > 0 ? now : meant, change))}.");
        }

        return now;
    }

    // What an MTU of the interface becomes, that of IPv6 does too.
    private static IEnumerable<(IPInterfaceSetting Setting, uint Value)> Plan(
        IReadOnlyList<IPInterface> meant, IPInterfaceChange change) =>
        from setting in IPInterfaceSetting.All
        from row in meant
        let wanted = setting.Wanted(change)
        let present = row.Family == setting.Family ? setting.Present(row) : null
        where wanted is not null && present is not null && wanted != present
        where setting.File != "mtu" || !IsLinkChanged(meant, change)
        select (setting, wanted.Value);

    private static bool IsLinkChanged(IReadOnlyList<IPInterface> meant, IPInterfaceChange change) =>
        change.Mtu is { } mtu && meant.Any(row => row.Family == AddressFamily.IPv4 && row.Mtu != mtu);

    private static LinkChange LinkChangeOf(IPInterfaceChange change) => new() { Mtu = change.Mtu };

    private static NetlinkException Absent(string name) =>
        new(new("set", NetlinkObject.Link) { Change = name }, Errno.ENODEV);
}
