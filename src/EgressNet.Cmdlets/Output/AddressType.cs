namespace EgressNet;

/// <summary>How many have an address, in the words of Windows.</summary>
public enum AddressType
{
    /// <summary>One.</summary>
    Unicast,

    /// <summary>Several, of which the nearest answers. The kernel does not list them as addresses.</summary>
    Anycast,

    /// <summary>A group that the interface has joined by an address with the flag MulticastAutoJoin.</summary>
    Multicast,
}
