using EgressNet.Netlink.Links;
using EgressNet.Netlink.Transport;

namespace EgressNet.Changes;

/// <summary>Sets properties of a link.</summary>
/// <param name="connect">A connection in its namespace.</param>
/// <param name="before">The link as it is.</param>
/// <param name="change">What is set.</param>
/// <param name="where">Where it is, as a person says it; empty for here.</param>
internal sealed class SetLink(
    Func<NetlinkConnection> connect, Link before, LinkChange change, string where = "") : Change
{
    public override string Text => TextOf(before.Name, change, where);

    public override string Trace => $"what was set: {Text}";

    public static string TextOf(string name, LinkChange change, string where = "") => $"set link {name} "
        + string.Join(
            ", ",
            ((string?[])[
                change.Up is { } up ? (up ? "up" : "down") : null,
                change.Arp is { } arp ? (arp ? "arp on" : "arp off") : null,
                change.Name is null ? null : $"name {change.Name}",
                change.Mtu is { } mtu ? $"mtu {mtu}" : null,
                change.TransmitQueueLength is { } length ? $"txqueuelen {length}" : null,
                change.MacAddress is { } address ? $"address {address}" : null,
                change.Alias is null ? null : $"alias {change.Alias}",
                change.Group is { } group ? $"group {group}" : null,
                change.MasterIndex is { } master ? (master == 0 ? "nomaster" : $"master {master}") : null,
            ]).Where(word => word is not null))
        + where;

    public override void Apply() => connect().Links.Set(before.Index, change);

    // The kernel keeps the parts before a refused one.
    public override bool WasRefused(Exception fault) => false;

    public override void Undo()
    {
        Link now = connect().Links.Get(before.Index);
        LinkChange back = new()
        {
            Up = change.Up is null || now.IsUp == before.IsUp ? null : before.IsUp,
            Arp = change.Arp is null || HasArp(now) == HasArp(before) ? null : HasArp(before),
            Name = change.Name is null || now.Name == before.Name ? null : before.Name,
            Alias = change.Alias is null || now.Alias == before.Alias ? null : before.Alias ?? "",
            Group = change.Group is null || now.Group == before.Group ? null : before.Group,
            MasterIndex = change.MasterIndex is null || now.MasterIndex == before.MasterIndex ? null : before.MasterIndex,
            Mtu = change.Mtu is null || now.Mtu == before.Mtu ? null : before.Mtu,
            TransmitQueueLength = change.TransmitQueueLength is null || now.TransmitQueueLength == before.TransmitQueueLength
                ? null : before.TransmitQueueLength,
            MacAddress = change.MacAddress is null || now.MacAddress == before.MacAddress ? null : before.MacAddress,
        };
        if (back != new LinkChange())
        {
            connect().Links.Set(before.Index, back);
        }
    }

    private static bool HasArp(Link link) => !link.Flags.HasFlag(LinkFlags.NoArp);
}
