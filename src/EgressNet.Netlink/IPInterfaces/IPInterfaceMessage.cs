using System.Runtime.InteropServices;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Links;
using EgressNet.Netlink.Wire;

namespace EgressNet.Netlink.IPInterfaces;

/// <summary>The settings of each family as RTM_NEWLINK carries them (IFLA_AF_SPEC): where the kernel's words and ours
/// meet.</summary>
internal static class IPInterfaceMessage
{
    public static List<IPInterface> Read(Link link)
    {
        List<IPInterface> families = [];
        foreach (NetlinkAttribute attribute in new AttributeReader(link.Unknown is null ? default : link.Unknown.Bytes))
        {
            if (attribute.Type != (ushort)IFLA.IFLA_AF_SPEC)
            {
                continue;
            }

            foreach (NetlinkAttribute family in attribute.Attributes)
            {
                if ((AddressFamily)family.Type == AddressFamily.IPv4
                    && TryFind(family, IFLA_INET.IFLA_INET_CONF, out ReadOnlySpan<int> four))
                {
                    families.Add(OfIPv4(link, four));
                }
                else if ((AddressFamily)family.Type == AddressFamily.IPv6
                    && TryFind(family, IFLA_INET6.IFLA_INET6_CONF, out ReadOnlySpan<int> six))
                {
                    families.Add(OfIPv6(link, six));
                }
            }
        }

        return families;
    }

    private static IPInterface OfIPv4(Link link, ReadOnlySpan<int> settings) => Of(link, AddressFamily.IPv4) with
    {
        Mtu = link.Mtu,
        Forwarding = At(settings, IPV4_DEVCONF.IPV4_DEVCONF_FORWARDING) is not (null or 0),
        ProxyArp = At(settings, IPV4_DEVCONF.IPV4_DEVCONF_PROXY_ARP) is { } proxy ? proxy != 0 : null,
        RpFilter = (ReversePathFilter?)At(settings, IPV4_DEVCONF.IPV4_DEVCONF_RP_FILTER),
    };

    private static IPInterface OfIPv6(Link link, ReadOnlySpan<int> settings) => Of(link, AddressFamily.IPv6) with
    {
        Mtu = (uint?)At(settings, DEVCONF.DEVCONF_MTU6) ?? link.Mtu,
        Forwarding = At(settings, DEVCONF.DEVCONF_FORWARDING) is not (null or 0),
        AcceptRa = (RouterAdvertisements?)At(settings, DEVCONF.DEVCONF_ACCEPT_RA),
        Dad = (DuplicateAddressDetection?)At(settings, DEVCONF.DEVCONF_ACCEPT_DAD),
        IsDisabled = At(settings, DEVCONF.DEVCONF_DISABLE_IPV6) is { } off ? off != 0 : null,
    };

    private static IPInterface Of(Link link, AddressFamily family) => new()
    {
        Index = link.Index,
        Name = link.Name,
        Family = family,
        IsConnected = link is { IsUp: true, OperationalState: OperationalState.Up or OperationalState.Unknown },
    };

    private static bool TryFind<TType>(NetlinkAttribute family, TType wanted, out ReadOnlySpan<int> settings)
        where TType : unmanaged, Enum
    {
        settings = default;
        foreach (NetlinkAttribute attribute in family.Attributes)
        {
            if (attribute.Type == NetlinkWriter.Number(wanted))
            {
                settings = MemoryMarshal.Cast<byte, int>(attribute.Payload);
                return true;
            }
        }

        return false;
    }

    private static int? At(ReadOnlySpan<int> settings, IPV4_DEVCONF setting) => At(settings, (int)setting - 1);

    private static int? At(ReadOnlySpan<int> settings, DEVCONF setting) => At(settings, (int)setting);

    private static int? At(ReadOnlySpan<int> settings, int at) => at < settings.Length ? settings[at] : null;
}
