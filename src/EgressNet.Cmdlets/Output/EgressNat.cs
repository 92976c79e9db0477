using EgressNet.Attachments;
using EgressNet.Nat;
using EgressNet.Netlink.Inet;

namespace EgressNet;

/// <summary>The source NAT of one container address.</summary>
public sealed class EgressNat : IComparable<EgressNat>, IComparable
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
    public AddressFamily AddressFamily => Entry.Source.Family;

    /// <summary>How it is translated.</summary>
    public EgressNatKind Nat => KindOf(Entry.Nat);

    /// <summary>The node's address that packets get; null unless one was chosen.</summary>
    public string? NatAddress => Entry.Nat is { IsMasquerade: false } nat ? nat.NodeAddress.ToString() : null;

    /// <summary>How the source port is chosen.</summary>
    public PortRandomization PortRandomization => Entry.Nat?.Ports ?? PortRandomization.None;

    /// <summary>Destinations to which it is not translated.</summary>
    public string[] ExcludePrefix => [.. Entry.Excluded.Select(prefix => prefix.ToString())];

    /// <summary>The tag of whose it is.</summary>
    public string Owner => Entry.Owner;

    /// <summary>The network; null for an owner that is no attachment.</summary>
    public string? Network { get; }

    /// <summary>The container; null for an owner that is no attachment.</summary>
    public string? ContainerId { get; }

    /// <summary>The container's interface; null for an owner that is no attachment.</summary>
    public string? Name { get; }

    internal NatEntry Entry { get; }

    /// <summary>Orders by address.</summary>
    /// <param name="other">Another one.</param>
    /// <returns>As <see cref="IComparable{T}"/> has it.</returns>
    public int CompareTo(EgressNat? other) => other is null ? 1 : Entry.Source.CompareTo(other.Entry.Source);

    /// <summary>The address.</summary>
    /// <returns>Such as <c>169.254.172.5</c>.</returns>
    public override string ToString() => IPAddress;

    int IComparable.CompareTo(object? obj) => CompareTo(obj as EgressNat);

    internal static EgressNatKind KindOf(SourceNat? nat) => nat switch
    {
        null => EgressNatKind.None,
        { IsMasquerade: true } => EgressNatKind.Masquerade,
        _ => EgressNatKind.Address,
    };
}
