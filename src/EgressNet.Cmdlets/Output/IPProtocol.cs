namespace EgressNet;

/// <summary>A protocol above IP, by IANA's number; one without a name here passes through.</summary>
public enum IPProtocol : byte
{
    /// <summary>ICMP.</summary>
    Icmp = 1,

    /// <summary>IGMP.</summary>
    Igmp = 2,

    /// <summary>IPv4 in IP.</summary>
    IPv4 = 4,

    /// <summary>TCP.</summary>
    Tcp = 6,

    /// <summary>UDP.</summary>
    Udp = 17,

    /// <summary>DCCP.</summary>
    Dccp = 33,

    /// <summary>IPv6 in IP.</summary>
    IPv6 = 41,

    /// <summary>GRE.</summary>
    Gre = 47,

    /// <summary>ESP of IPsec.</summary>
    Esp = 50,

    /// <summary>AH of IPsec.</summary>
    Ah = 51,

    /// <summary>ICMPv6.</summary>
    IcmpV6 = 58,

    /// <summary>OSPF.</summary>
    Ospf = 89,

    /// <summary>VRRP.</summary>
    Vrrp = 112,

    /// <summary>L2TP.</summary>
    L2tp = 115,

    /// <summary>SCTP.</summary>
    Sctp = 132,

    /// <summary>UDP-Lite.</summary>
    UdpLite = 136,
}
