namespace EgressNet.Netlink.Sockets;

/// <summary>What a socket speaks (IPPROTO_*).</summary>
public enum SocketProtocol : byte
{
    /// <summary>TCP.</summary>
    Tcp = 6,

    /// <summary>UDP.</summary>
    Udp = 17,
}

/// <summary>The state of a socket, by the kernel's numbers (TCP_*, net/tcp_states.h) and the names of RFC 9293. One of UDP is
/// Established where it is connected, and else Closed.</summary>
public enum SocketState : byte
{
    /// <summary>Connected.</summary>
    Established = 1,

    /// <summary>Waits for the answer to its SYN.</summary>
    SynSent = 2,

    /// <summary>Has answered a SYN.</summary>
    SynReceived = 3,

    /// <summary>Has closed, unacknowledged.</summary>
    FinWait1 = 4,

    /// <summary>Has closed, and waits for the other end to.</summary>
    FinWait2 = 5,

    /// <summary>Both ends have closed; late packets may be on their way.</summary>
    TimeWait = 6,

    /// <summary>Neither connected nor listening.</summary>
    Closed = 7,

    /// <summary>The other end has closed.</summary>
    CloseWait = 8,

    /// <summary>Has closed after the other end, unacknowledged.</summary>
    LastAck = 9,

    /// <summary>Listens.</summary>
    Listen = 10,

    /// <summary>Both ends have closed at once.</summary>
    Closing = 11,

    /// <summary>Has a port of its own, and neither connects nor listens. Told by Linux 6.8 and later.</summary>
    Bound = 13,
}
