using EgressNet.Arguments;
using EgressNet.Completers;
using EgressNet.Errors;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Links;
using EgressNet.Transformations;

namespace EgressNet.Bases;

/// <summary>A cmdlet that takes the kind of an interface, and the options of each kind.</summary>
public abstract class NetAdapterKindBase : NamespaceCommandBase
{
    [Parameter(Mandatory = true, Position = 1)]
    [ValueTransformation]
    public AdapterKind Kind { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = ParameterSet.Pair)]
    [TextArgument]
    [ValidateInterfaceName]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string PeerName { get; set; } = "";

    [Parameter(ParameterSetName = ParameterSet.Pair)]
    [NetNamespaceTransformation]
    [ArgumentCompleter(typeof(NetNamespaceCompleter))]
    public NetNamespace? PeerNetNamespace { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = ParameterSet.OnParent)]
    [Parameter(Mandatory = true, ParameterSetName = ParameterSet.Vlan)]
    [Parameter(ParameterSetName = ParameterSet.Vxlan)]
    [Alias("Parent")]
    [TextArgument]
    [ArgumentCompleter(typeof(InterfaceCompleter))]
    public string? ParentAlias { get; set; }

    [Parameter(ParameterSetName = ParameterSet.OnParent)]
    [Parameter(ParameterSetName = ParameterSet.Pair)]
    [Parameter(ParameterSetName = ParameterSet.Simple)]
    [TextArgument]
    [ArgumentCompleter(typeof(AdapterModeCompleter))]
    public string? Mode { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = ParameterSet.Vlan)]
    [ValueTransformation]
    [ValidateRange(0, 4094)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public int VlanId { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = ParameterSet.Vxlan)]
    [ValueTransformation]
    [ValidateRange(0, 16777215)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public int Vni { get; set; }

    [Parameter(ParameterSetName = ParameterSet.Vxlan)]
    [InetAddressTransformation]
    [ArgumentCompleter(typeof(AddressCompleter))]
    public InetAddress? LocalIPAddress { get; set; }

    [Parameter(ParameterSetName = ParameterSet.Vxlan)]
    [InetAddressTransformation]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public InetAddress? RemoteIPAddress { get; set; }

    [Parameter(ParameterSetName = ParameterSet.Vxlan)]
    [ValueTransformation]
    [ValidateRange(1, 65535)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public int Port { get; set; } = 4789;

    [Parameter(Mandatory = true, ParameterSetName = ParameterSet.Vrf)]
    [RouteTableTransformation]
    [ValidateRange(1, uint.MaxValue)]
    [ArgumentCompleter(typeof(RouteTableCompleter))]
    public uint RouteTable { get; set; }

    [Parameter(ParameterSetName = ParameterSet.Simple)]
    public SwitchParameter VlanFiltering { get; set; }

    [Parameter(ParameterSetName = ParameterSet.Simple)]
    public SwitchParameter SpanningTree { get; set; }

    /// <summary>The kernel's word for the kind.</summary>
    private protected string KindWord => $"{Kind}".ToLowerInvariant();

    private protected override Subject Subject => Subject.Interface;

    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        if (FindFault() is { } fault)
        {
            ThrowTerminatingError(fault.ToError(ErrorId.InvalidArgument, ErrorCategory.InvalidArgument, Kind));
        }
    }

    private static string SetOf(AdapterKind kind) => kind switch
    {
        AdapterKind.Netkit or AdapterKind.Veth => ParameterSet.Pair,
        AdapterKind.Ipvlan or AdapterKind.Macvlan or AdapterKind.Macvtap => ParameterSet.OnParent,
        AdapterKind.Vlan => ParameterSet.Vlan,
        AdapterKind.Vrf => ParameterSet.Vrf,
        AdapterKind.Vxlan => ParameterSet.Vxlan,
        _ => ParameterSet.Simple,
    };

    /// <summary>The kind with its options.</summary>
    /// <param name="parent">The interface that it is on.</param>
    /// <param name="peer">A pair's other end.</param>
    private protected LinkKind Describe(Link? parent, VethEnd peer)
    {
        uint? mode = AdapterMode.Find(Kind, Mode);
        return Kind switch
        {
            AdapterKind.Bridge => new BridgeKind
            {
                VlanFiltering = VlanFiltering ? true : null,
                SpanningTree = SpanningTree ? true : null,
            },
            AdapterKind.Bond => new BondKind((byte?)mode),
            AdapterKind.Ipvlan => new IpvlanKind((ushort?)mode),
            AdapterKind.Macvlan or AdapterKind.Macvtap => new MacvlanKind(KindWord, mode),
            AdapterKind.Netkit => new NetkitKind(peer, mode),
            AdapterKind.Veth => new VethKind(peer),
            AdapterKind.Vlan => new VlanKind((ushort)VlanId),
            AdapterKind.Vrf => new VrfKind(RouteTable),
            AdapterKind.Vxlan => new VxlanKind((uint)Vni)
            {
                Parent = parent,
                Local = LocalIPAddress ?? default,
                Remote = RemoteIPAddress ?? default,
                Port = (ushort)Port,
            },
            _ => new LinkKind(KindWord),
        };
    }

    private string? FindFault()
    {
        ICollection<string> bound = MyInvocation.BoundParameters.Keys;
        IEnumerable<CommandParameterInfo> known = ((CmdletInfo)MyInvocation.MyCommand).ParameterSets
            .First(set => set.Name == SetOf(Kind)).Parameters;
        string[] foreign =
        [
            .. bound.Except(known.Select(each => each.Name)),
            .. Kind == AdapterKind.Bridge ? [] : bound.Intersect([nameof(VlanFiltering), nameof(SpanningTree)]),
        ];
        IEnumerable<string> needed = known.Where(each => each.IsMandatory && each.Position < 0).Select(each => each.Name);
        string modes = string.Join(", ", AdapterMode.Of(Kind).Select(mode => mode.Word));
        return foreign.Length > 0 ? $"Kind {Kind} has no {string.Join(", ", foreign)}."
            : ParameterSetName != SetOf(Kind) ? $"Kind {Kind} needs {string.Join(" and ", needed)}."
            : Mode is null || AdapterMode.Find(Kind, Mode) is not null ? null
            : $"Mode '{Mode}' is none of kind {Kind}, which has {(modes.Length == 0 ? "none" : modes)}.";
    }
}
