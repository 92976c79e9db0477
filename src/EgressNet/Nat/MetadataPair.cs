using EgressNet.Netlink.Inet;

namespace EgressNet.Nat;

/// <summary>A metadata address beside <see cref="MetadataAddress.All"/> that an attachment is kept from. It goes by the
/// host's end, since a container can forge its address but not the interface; and by that one's name, since the number of
/// one that went is another one's next.</summary>
/// <param name="HostInterface">The name of the host's end.</param>
/// <param name="Address">The metadata address.</param>
public sealed record MetadataPair(string HostInterface, InetAddress Address);
