using System.Buffers.Binary;

namespace EgressNet.Netlink.Wire;

internal ref partial struct NetlinkWriter
{
    /// <summary>A number in network order, as all of netfilter's are.</summary>
    public void BigEndian<TType>(TType type, uint value) where TType : unmanaged, Enum =>
        BinaryPrimitives.WriteUInt32BigEndian(ReserveAttribute(Number(type), sizeof(uint)), value);

    public void BigEndian16<TType>(TType type, ushort value) where TType : unmanaged, Enum =>
        BinaryPrimitives.WriteUInt16BigEndian(ReserveAttribute(Number(type), sizeof(ushort)), value);

    public void BigEndian<TType>(TType type, ulong value) where TType : unmanaged, Enum =>
        BinaryPrimitives.WriteUInt64BigEndian(ReserveAttribute(Number(type), sizeof(ulong)), value);

    /// <summary>An attribute for the caller to fill.</summary>
    public Span<byte> Reserve<TType>(TType type, int length) where TType : unmanaged, Enum =>
        ReserveAttribute(Number(type), length);
}
