using EgressNet.Netlink.Inet;

namespace EgressNet.Netlink.Wire;

internal ref partial struct NetlinkWriter
{
    public void Attribute<TType>(TType type, InetAddress address) where TType : unmanaged, Enum =>
        address.WriteBytes(ReserveAttribute(Number(type), address.BitLength / 8));

    public void Attribute<TType>(TType type, MacAddress address) where TType : unmanaged, Enum =>
        address.WriteBytes(ReserveAttribute(Number(type), 6));
}
