using System.Text;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Links;
using EgressNet.Netlink.Netfilter;
using EgressNet.Netlink.Routes;
using EgressNet.Netlink.Transport;

namespace EgressNet.Nat;

/// <summary>A packet that the node forwards between a container and the destination of its default route.</summary>
/// <param name="Address">The container's address.</param>
/// <param name="IsToContainer">Whether it goes to the container.</param>
/// <param name="State">The state of its connection, as a bit of nf_tables.</param>
internal sealed record ForwardPacket(InetAddress Address, bool IsToContainer, uint State)
{
    /// <summary>Bits of the conntrack state (NF_CT_STATE_BIT).</summary>
    public const uint Established = 2, New = 8, Invalid = 1;

    // nft_meta_keys and nft_ct_keys, of which nothing else is known.
    private const NfMetaKey Protocol = (NfMetaKey)1, InputType = (NfMetaKey)8, OutputType = (NfMetaKey)9,
        InputKind = (NfMetaKey)26, OutputKind = (NfMetaKey)27;
    private const NfConntrackKey Direction = (NfConntrackKey)1;

    // ip_conntrack_status.
    private const uint SeenReply = 2, Assured = 4, Confirmed = 8, SourceNat = 0x10, NatDone = 0x180;

    // nf_ip_hook_priorities: where a packet gets its connection, and where its addresses are translated.
    private const int ConntrackPriority = -200, DestinationNatPriority = -100;
    private const ushort Ethernet = 1;
    private const int NameLength = 16, IPv4ProtocolAt = 9, IPv6ProtocolAt = 6;
    private static readonly InetAddress[] s_far = [InetAddress.Parse("203.0.113.1"), InetAddress.Parse("2001:db8:ffff::1")];

    /// <summary>The name of the container's host end.</summary>
    public required string HostInterface { get; init; }

    /// <summary>The host end's index; 0 where it does not exist yet.</summary>
    public int HostIndex { get; init; }

    /// <summary>The host end's group, or the most common one.</summary>
    public uint HostGroup { get; init; }

    /// <summary>The interface of the default route; null where there is none.</summary>
    public Link? Outside { get; init; }

    /// <summary>Whether the node has an interface.</summary>
    public required Func<string, bool> Exists { get; init; }

    /// <summary>The hook at which a chain sees the packet.</summary>
    public NfHook Hook { get; init; } = NfHook.Forward;

    /// <summary>The priority at which a chain sees the packet.</summary>
    public int Priority { get; init; }

    /// <summary>The status of its connection. A container is no destination of translation, so connections with it are a
    /// part.</summary>
    public ForwardLoad Status => State == New
        ? ForwardLoad.Bits(0, NatDone)
        : ForwardLoad.Bits(SeenReply | Confirmed, Assured | SourceNat | NatDone);

    private bool HasConnection => Hook != NfHook.PreRouting || Priority >= ConntrackPriority;

    // Where its address may be that of the node.
    private bool IsTranslated => IsToContainer
        ? Hook == NfHook.PreRouting && Priority <= DestinationNatPriority
        : Hook == NfHook.PostRouting && Priority >= NfChain.SourceNatPriority;

    /// <summary>The packets that must pass for a container to have egress by an address.</summary>
    public static IEnumerable<ForwardPacket> Of(NetlinkConnection host, string hostInterface, InetAddress address)
    {
        Link? hostEnd = host.Links.Find(hostInterface);
        ForwardPacket first = new(address, IsToContainer: false, New)
        {
            HostInterface = hostInterface,
            HostIndex = hostEnd?.Index ?? 0,
            HostGroup = hostEnd?.Group ?? EgressGroup.First,
            Outside = OutsideOf(host, s_far.First(far => far.Family == address.Family)),
            Exists = name => host.Links.Find(name) is not null,
        };
        return [first, first with { State = Established }, first with { IsToContainer = true, State = Established }];
    }

    /// <summary>Whether chains of a family see it.</summary>
    public bool IsOf(NfFamily family) => family == NfFamily.Inet || (byte)family == (byte)Address.Family;

    public ForwardLoad Load(NfMetaKey key) => key switch
    {
        NfMetaKey.Family => ForwardLoad.Known([(byte)Address.Family]),
        Protocol => ForwardLoad.Known(Address.Family == AddressFamily.IPv4 ? [0x08, 0x00] : [0x86, 0xdd]),
        NfMetaKey.TransportProtocol => ForwardLoad.Part,
        NfMetaKey.InputInterfaceName => Name(isHostEnd: !IsToContainer),
        NfMetaKey.InputInterface => Number((uint?)(!IsToContainer ? HostIndex : Outside?.Index)),
        NfMetaKey.InputInterfaceGroup => Number(!IsToContainer ? HostGroup : Outside?.Group),
        InputType => Type(isHostEnd: !IsToContainer),
        InputKind => Kind(isHostEnd: !IsToContainer),
        NfMetaKey.OutputInterfaceName when Hook == NfHook.PreRouting => ForwardLoad.Known(new byte[NameLength]),
        NfMetaKey.OutputInterface when Hook == NfHook.PreRouting => Number(0),
        NfMetaKey.OutputInterfaceGroup or OutputType or OutputKind when Hook == NfHook.PreRouting => ForwardLoad.Missing,
        NfMetaKey.OutputInterfaceName => Name(isHostEnd: IsToContainer),
        NfMetaKey.OutputInterface => Number((uint?)(IsToContainer ? HostIndex : Outside?.Index)),
        NfMetaKey.OutputInterfaceGroup => Number(IsToContainer ? HostGroup : Outside?.Group),
        OutputType => Type(isHostEnd: IsToContainer),
        OutputKind => Kind(isHostEnd: IsToContainer),
        _ => ForwardLoad.Unknown,
    };

    public ForwardLoad Load(NfConntrackKey key) => key switch
    {
        NfConntrackKey.State => !HasConnection ? ForwardLoad.Known(BitConverter.GetBytes(Invalid))
            : Priority == ConntrackPriority && Hook == NfHook.PreRouting ? ForwardLoad.Unknown
            : ForwardLoad.Known(BitConverter.GetBytes(State)),
        _ when !HasConnection => ForwardLoad.Missing,
        Direction => ForwardLoad.Known([(byte)(IsToContainer ? 1 : 0)]),
        NfConntrackKey.Status => Status,
        _ => ForwardLoad.Unknown,
    };

    /// <summary>Loads the container's address. The other one, protocols and ports differ, and so is a rule about these for
    /// a part; of what else there is, all packets may have the same.</summary>
    public ForwardLoad Load(NfPayload payload)
    {
        byte[] address = ((NfValue)Address).ToArray();
        NfPayload source = NfMatch.SourceAddress(Address.Family), destination = NfMatch.DestinationAddress(Address.Family);
        NfPayload own = IsToContainer ? destination : source, other = IsToContainer ? source : destination;
        uint protocolAt = (uint)(Address.Family == AddressFamily.IPv4 ? IPv4ProtocolAt : IPv6ProtocolAt);
        return payload.Base == NfPayloadBase.Transport ? ForwardLoad.Part
            : payload.Base != NfPayloadBase.Network ? ForwardLoad.Unknown
            : payload.Offset == protocolAt || IsWithin(other) ? ForwardLoad.Part
            : payload.Offset == own.Offset && payload.Length <= address.Length && !IsTranslated
                ? ForwardLoad.Known(address[..(int)payload.Length])
            : ForwardLoad.Unknown;

        bool IsWithin(NfPayload field) =>
            payload.Offset >= field.Offset && payload.Offset < field.Offset + address.Length;
    }

    /// <summary>What a rule demands that names the way outside where the node has no default route: an interface that is
    /// there may be it, unless it is a container's.</summary>
    public ForwardMatch Named(byte[] name) =>
        NfValue.FromInterfaceName(HostInterface).ToArray().AsSpan().StartsWith(name)
        || (Array.IndexOf(name, (byte)0) is > 0 and int end && !Exists(Encoding.UTF8.GetString(name, 0, end)))
            ? ForwardMatch.None
            : ForwardMatch.Unknown;

    private static Link? OutsideOf(NetlinkConnection host, InetAddress far)
    {
        try
        {
            return host.Links.Find(host.Routes.Lookup(far).InterfaceIndex);
        }
        catch (NetlinkException)
        {
            return null;
        }
    }

    private ForwardLoad Name(bool isHostEnd) => (isHostEnd ? HostInterface : Outside?.Name) is { } name
        ? ForwardLoad.Known(NfValue.FromInterfaceName(name).ToArray())
        : new ForwardLoad(ForwardMatch.Unknown, IsName: true);

    private ForwardLoad Type(bool isHostEnd) => (isHostEnd ? Ethernet : Outside?.HardwareType) is { } type
        ? ForwardLoad.Known(BitConverter.GetBytes(type))
        : ForwardLoad.Unknown;

    private ForwardLoad Kind(bool isHostEnd)
    {
        byte[] kind = new byte[NameLength];
        string? text = isHostEnd ? "veth" : Outside?.Kind;
        return text is not null && Encoding.UTF8.TryGetBytes(text, kind, out _)
            ? ForwardLoad.Known(kind)
            : ForwardLoad.Unknown;
    }

    private static ForwardLoad Number(uint? number) =>
        number is { } known ? ForwardLoad.Known(BitConverter.GetBytes(known)) : ForwardLoad.Unknown;
}
