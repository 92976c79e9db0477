using EgressNet.Attachments;
using EgressNet.Nat;
using EgressNet.Netlink.Inet;

namespace EgressNet;

/// <summary>The source NAT of one container address.</summary>
public sealed class EgressNat : Comparable<EgressNat>
{
    internal EgressNat(NatEntry entry)
    {
        Entry = entry;
        AttachmentId? id = AttachmentId.FromOwner(entry.Owner);
        Network = id?.Network;
        ContainerId = id?.ContainerId;
        Name = id?.InterfaceName;
    }

    /// <summary>The container's address.</summary>
    public string IPAddress => Entry.Source.ToString();

    /// <summary>Its family.</summary>
    public string AddressFamily => Entry.Source.Family.ToString();

    /// <summary>How it is translated.</summary>
    public string Nat => KindOf(Entry.Nat);

    /// <summary>The node's address that packets get; null unless one was chosen.</summary>
    public string? NatAddress => Entry.Nat is { IsMasquerade: false } nat ? nat.NodeAddress.ToString() : null;

    /// <summary>How the source port is chosen.</summary>
    public string PortRandomization => PortsOf(Entry.Nat);

    /// <summary>Destinations to which it is not translated.</summary>
    public TextList<string> ExcludePrefix => new(Entry.Excluded.Select(prefix => prefix.ToString()));

    /// <summary>The owner: the id of an attachment as one text.</summary>
    public string Owner => Entry.Owner;

    /// <summary>The network; null for an owner that is no attachment.</summary>
    public string? Network { get; }

    /// <summary>The container; null for an owner that is no attachment.</summary>
    public string? ContainerId { get; }

    /// <summary>The container's interface; null for an owner that is no attachment.</summary>
    public string? Name { get; }

    internal NatEntry Entry { get; }

    private protected override IEnumerable<object?> Compared =>
        [Owner, Nat, NatAddress, PortRandomization, .. Entry.Excluded.Order(), .. Entry.Metadata];

    /// <summary>The address.</summary>
    /// <returns>Such as <c>169.254.172.5</c>.</returns>
    public override string ToString() => IPAddress;

    internal static bool IsCopy(PropertyBag copy) =>
        copy.Has(nameof(IPAddress), nameof(Owner), nameof(Nat), nameof(ExcludePrefix));

    internal static EgressNat FromCopy(PropertyBag copy) => new(new NatEntry
    {
        Source = copy.Address(nameof(IPAddress)),
        Owner = copy.Text(nameof(Owner)) ?? "",
        Nat = copy.Name<EgressNatKind>(nameof(Nat)) == EgressNatKind.None
            ? null
            : new SourceNat(
                copy.Address(nameof(NatAddress)),
                copy.Name<global::EgressNet.Nat.PortRandomization>(nameof(PortRandomization))),
        Excluded = [.. copy.List(nameof(ExcludePrefix)).Select(prefix => InetPrefix.Parse($"{prefix}"))],
    });

    internal static string KindOf(SourceNat? nat) => (nat switch
    {
        null => EgressNatKind.None,
        { IsMasquerade: true } => EgressNatKind.Masquerade,
        _ => EgressNatKind.Address,
    }).ToString();

    internal static string PortsOf(SourceNat? nat) => (nat?.Ports ?? global::EgressNet.Nat.PortRandomization.None).ToString();

    private protected override int CompareKey(EgressNat other) => Entry.Source.CompareTo(other.Entry.Source);
}
