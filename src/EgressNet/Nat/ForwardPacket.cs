using System.Text;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Links;
using EgressNet.Netlink.Netfilter;
using EgressNet.Netlink.Routes;
using EgressNet.Netlink.Transport;

namespace EgressNet.Nat;

/// <summary>What an expression loaded of a packet.</summary>
/// <param name="Otherwise">What a demand on it is where it cannot be compared.</param>
/// <param name="Value">Its bytes; null where they are not known.</param>
/// <param name="IsName">Whether it is the name of some interface that is not known.</param>
internal sealed record ForwardLoad(ForwardMatch Otherwise, byte[]? Value = null, bool IsName = false)
{
    public static ForwardLoad Unknown { get; } = new(ForwardMatch.Unknown);

    public static ForwardLoad Part { get; } = new(ForwardMatch.Part);
}

/// <summary>A packet that the node forwards between a container and what its default route leads to.</summary>
/// <param name="Address">The container's address.</param>
/// <param name="IsToContainer">Whether it goes to the container.</param>
/// <param name="State">The state of its connection, as a bit of nf_tables.</param>
internal sealed record ForwardPacket(InetAddress Address, bool IsToContainer, uint State)
{
    /// <summary>The bits NF_CT_STATE_BIT makes.</summary>
    public const uint Established = 2, New = 8;

    private static readonly InetAddress[] s_far = [InetAddress.Parse("203.0.113.1"), InetAddress.Parse("2001:db8:ffff::1")];

    /// <summary>The name of the container's host end.</summary>
    public required string HostInterface { get; init; }

    /// <summary>The index of it; 0 where it is not there yet.</summary>
    public int HostIndex { get; init; }

    /// <summary>The group of it, or the one that most have.</summary>
    public uint HostGroup { get; init; }

    /// <summary>The interface of the default route; null where there is none.</summary>
    public (string Name, int Index)? Outside { get; init; }

    /// <summary>Whether the node has an interface.</summary>
    public required Func<string, bool> Exists { get; init; }

    /// <summary>The packets that must pass for a container to have egress by an address.</summary>
    public static IEnumerable<ForwardPacket> Of(NetlinkConnection host, string hostInterface, InetAddress address)
    {
        Link? hostEnd = host.Links.Find(hostInterface);
        (string, int)? outside = OutsideOf(host, s_far.First(far => far.Family == address.Family));
        ForwardPacket first = new(address, IsToContainer: false, New)
        {
            HostInterface = hostInterface,
            HostIndex = hostEnd?.Index ?? 0,
            HostGroup = hostEnd?.Group ?? EgressGroup.First,
            Outside = outside,
            Exists = name => host.Links.Find(name) is not null,
        };
        return [first, first with { State = Established }, first with { IsToContainer = true, State = Established }];
    }

    /// <summary>Whether it passes the chains of a family.</summary>
    public bool IsOf(NfFamily family) => family == NfFamily.Inet || (byte)family == (byte)Address.Family;

    public ForwardLoad Load(NfMetaKey key) => key switch
    {
        NfMetaKey.Family => Known([(byte)Address.Family]),
        NfMetaKey.InputInterfaceName => Name(isHostEnd: !IsToContainer),
        NfMetaKey.OutputInterfaceName => Name(isHostEnd: IsToContainer),
        NfMetaKey.InputInterface => Index(isHostEnd: !IsToContainer),
        NfMetaKey.OutputInterface => Index(isHostEnd: IsToContainer),
        NfMetaKey.InputInterfaceGroup => Group(isHostEnd: !IsToContainer),
        NfMetaKey.OutputInterfaceGroup => Group(isHostEnd: IsToContainer),
        _ => ForwardLoad.Part,
    };

    public ForwardLoad Load(NfConntrackKey key) =>
        key == NfConntrackKey.State ? Known(BitConverter.GetBytes(State)) : ForwardLoad.Part;

    /// <summary>Loads the container's address; what else a packet has differs.</summary>
    public ForwardLoad Load(NfPayload payload)
    {
        byte[] address = ((NfValue)Address).ToArray();
        NfPayload own = IsToContainer ? NfMatch.DestinationAddress(Address.Family) : NfMatch.SourceAddress(Address.Family);
        return (payload.Base, payload.Offset) == (own.Base, own.Offset) && payload.Length <= address.Length
            ? Known(address[..(int)payload.Length])
            : ForwardLoad.Part;
    }

    /// <summary>What a rule demands that names the way outside where the node has no default route: an interface that is
    /// there may be it, unless it is a container's.</summary>
    public ForwardMatch Named(byte[] name) =>
        NfValue.FromInterfaceName(HostInterface).ToArray().AsSpan().StartsWith(name)
        || (Array.IndexOf(name, (byte)0) is > 0 and int end && !Exists(Encoding.UTF8.GetString(name, 0, end)))
            ? ForwardMatch.None
            : ForwardMatch.Unknown;

    private static (string, int)? OutsideOf(NetlinkConnection host, InetAddress far)
    {
        try
        {
            int index = host.Routes.Lookup(far).InterfaceIndex;
            return host.Links.Find(index) is { } link ? (link.Name, index) : null;
        }
        catch (NetlinkException)
        {
            return null;
        }
    }

    private static ForwardLoad Known(byte[] value) => new(ForwardMatch.Unknown, value);

    private ForwardLoad Name(bool isHostEnd) => (isHostEnd ? HostInterface : Outside?.Name) is { } name
        ? Known(NfValue.FromInterfaceName(name).ToArray())
        : new ForwardLoad(ForwardMatch.Unknown, IsName: true);

    private ForwardLoad Index(bool isHostEnd) => (isHostEnd ? HostIndex : Outside?.Index) is { } index
        ? Known(BitConverter.GetBytes(index))
        : ForwardLoad.Unknown;

    private ForwardLoad Group(bool isHostEnd) =>
        isHostEnd ? Known(BitConverter.GetBytes(HostGroup)) : ForwardLoad.Unknown;
}
