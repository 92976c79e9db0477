using EgressNet.Netlink.Wire;
using static EgressNet.Netlink.Interop.NFTA_DATA;

namespace EgressNet.Netlink.Netfilter;

/// <summary>Reads the attributes of a message or a nest by type; null for an absent one. It notes whether attributes were
/// left unread.</summary>
internal ref struct NfAttributes(AttributeReader attributes)
{
    private readonly AttributeReader _attributes = attributes;
    private ulong _asked;

    public bool Has<TType>(TType type) where TType : unmanaged, Enum => TryFind(type, out _);

    public uint? U32<TType>(TType type) where TType : unmanaged, Enum =>
        TryFind(type, out NetlinkAttribute found) ? found.U32BigEndian : null;

    public ulong? U64<TType>(TType type) where TType : unmanaged, Enum =>
        TryFind(type, out NetlinkAttribute found) ? found.U64BigEndian : null;

    public string? Text<TType>(TType type) where TType : unmanaged, Enum =>
        TryFind(type, out NetlinkAttribute found) ? found.Text : null;

    public NfValue Bytes<TType>(TType type) where TType : unmanaged, Enum =>
        TryFind(type, out NetlinkAttribute found) ? NfValue.FromBytes(found.Payload) : default;

    public NfUserData? UserData<TType>(TType type) where TType : unmanaged, Enum =>
        TryFind(type, out NetlinkAttribute found) ? new NfUserData(found.Payload) : null;

    public AttributeReader Nest<TType>(TType type) where TType : unmanaged, Enum =>
        TryFind(type, out NetlinkAttribute found) ? found.Attributes : default;

    public NfValue Value<TType>(TType type) where TType : unmanaged, Enum =>
        new NfAttributes(Nest(type)).Bytes(NFTA_DATA_VALUE);

    /// <summary>Whether there are attributes besides those asked for.</summary>
    public readonly bool HasMore()
    {
        foreach (NetlinkAttribute attribute in _attributes)
        {
            if ((_asked & Bit(attribute.Type)) == 0)
            {
                return true;
            }
        }

        return false;
    }

    private bool TryFind<TType>(TType type, out NetlinkAttribute found) where TType : unmanaged, Enum
    {
        ushort number = NetlinkWriter.Number(type);
        _asked |= Bit(number);
        found = default;
        foreach (NetlinkAttribute attribute in _attributes)
        {
            found = attribute.Type == number ? attribute : found;
        }

        return !found.Whole.IsEmpty;
    }

    private static ulong Bit(ushort type) => type < 64 ? 1ul << type : 0;
}
