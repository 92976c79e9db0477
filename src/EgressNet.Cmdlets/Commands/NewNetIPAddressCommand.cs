using EgressNet.Addresses;
using EgressNet.Arguments;
using EgressNet.Bases;
using EgressNet.Batches;
using EgressNet.Completers;
using EgressNet.Errors;
using EgressNet.Netlink.Addresses;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Routes;
using EgressNet.Sessions;
using EgressNet.Transformations;

namespace EgressNet.Commands;

/// <summary>Puts an address on an interface.</summary>
[Cmdlet(
    VerbsCommon.New,
    "NetIPAddress",
    SupportsShouldProcess = true,
    DefaultParameterSetName = ParameterSet.ByInputObject,
    HelpUri = DocumentationLink.Root + "New-NetIPAddress.md")]
[OutputType(typeof(NetIPAddress))]
public sealed class NewNetIPAddressCommand : InterfaceCommandBase
{
    [Parameter(
        Mandatory = true,
        Position = 0,
        ParameterSetName = ParameterSet.ByInterface,
        ValueFromPipelineByPropertyName = true)]
    [Alias("LocalAddress")]
    [IPAddressTransformation(IsText = true)]
    [ArgumentCompleter(typeof(AddressCompleter))]
    public IPAddressText? IPAddress { get; set; }

    [Parameter(ParameterSetName = ParameterSet.ByInterface, ValueFromPipelineByPropertyName = true)]
    [ValueTransformation]
    [ValidateRange(0, 128)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public byte? PrefixLength { get; set; }

    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ParameterSet.ByInputObject, ValueFromPipeline = true)]
    [CopyTransformation(typeof(NetIPAddress))]
    [ArgumentCompleter(typeof(NameOrObjectCompleter<AddressCompleter>))]
    public NetIPAddress? InputObject { get; set; }

    [Parameter(ParameterSetName = ParameterSet.ByInterface, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = ParameterSet.ByInputObject)]
    [InetAddressTransformation]
    [ArgumentCompleter(typeof(RouteCompleter))]
    public InetAddress? Gateway { get; set; }

    [Parameter]
    [InetAddressTransformation]
    [ArgumentCompleter(typeof(RouteCompleter))]
    public InetAddress? DefaultGateway { get; set; }

    [Parameter(ParameterSetName = ParameterSet.ByInterface)]
    public SwitchParameter NoPrefixRoute { get; set; }

    [Parameter(ParameterSetName = ParameterSet.ByInterface)]
    [ValueTransformation]
    public RouteScope? Scope { get; set; }

    [Parameter(ParameterSetName = ParameterSet.ByInterface)]
    [ValidateLength(1, 15)]
    [TextArgument]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? Label { get; set; }

    [Parameter(ParameterSetName = ParameterSet.ByInterface)]
    [InetAddressTransformation]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public InetAddress? Broadcast { get; set; }

    [Parameter(ParameterSetName = ParameterSet.ByInterface)]
    [LifetimeTransformation]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public TimeSpan? ValidLifetime { get; set; }

    [Parameter(ParameterSetName = ParameterSet.ByInterface)]
    [LifetimeTransformation]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public TimeSpan? PreferredLifetime { get; set; }

    [Parameter(ParameterSetName = ParameterSet.ByInterface)]
    [ValueTransformation]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public bool? SkipAsSource { get; set; }

    [Parameter(ParameterSetName = ParameterSet.ByInterface)]
    [ValueTransformation]
    [ValidateSet("IPv4", "IPv6")]
    public AddressFamily? AddressFamily { get; set; }

    [Parameter(ParameterSetName = ParameterSet.ByInterface)]
    [ValueTransformation]
    [ValidateSupported(AddressType.Unicast, Unsupported.Type)]
    public AddressType Type { get; set; }

    [Parameter]
    [ValueTransformation]
    [ValidateSupported(EgressNet.PolicyStore.ActiveStore, Unsupported.Store)]
    public PolicyStore PolicyStore { get; set; }

    [Parameter(ParameterSetName = ParameterSet.ByInterface)]
    public SwitchParameter WaitForDad { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override Subject Subject => Subject.Address;

    private protected override void ProcessItem() => Attempt(Target, () =>
    {
        if (InputObject is not null)
        {
            FollowObject(InputObject.Origin);
        }

        InetPrefix local = InputObject is null ? IPAddressArgument.Join(IPAddress!, PrefixLength) : InputObject.Address.Local;
        FamilyArgument.Require(AddressFamily, local.Family, nameof(IPAddress), local);
        IPAddressArgument.RequireGateway(local, Gateway, nameof(Gateway));
        IPAddressArgument.RequireGateway(local, DefaultGateway, nameof(DefaultGateway));
        IPAddressArgument.RequireIPv4(local, Scope, nameof(Scope));
        IPAddressArgument.RequireIPv4(local, Label, nameof(Label));
        IPAddressArgument.RequireIPv4(local, Broadcast, nameof(Broadcast));
        _ = Item(local);
        Foresee(() =>
        {
            AddressItem item = Item(local);
            AddressRequest request = item.Resolve(new InterfaceLookup(Session));
            if (!item.IsPutBack)
            {
                new AddressAddition(Session.Conversation).ThrowIfTaken(request);
            }
        });
        if (ShouldProcess(Announces ? $"{local}{InterfaceText}{InNamespace}" : "", "Add address"))
        {
            Add(local);
        }
    });

    private object Target => InputObject is null ? IPAddress! : InputObject;

    private object Interface => NamedInterface ?? InputObject?.InterfaceAlias ?? NameRequired(Target);

    private void Add(InetPrefix local)
    {
        AddressItem item = Item(local);
        if (!item.Replace && item.DefaultGateway.IsNone)
        {
            Gather(session => new AddressBatchWriter(this, session, StopToken)).Put(item);
            return;
        }

        // What takes several steps is one operation, which is undone as a whole.
        AddressRequest request = item.Resolve(new InterfaceLookup(Session));
        InterfaceAddress added = new AddressAddition(Session.Conversation, Report, StopToken).Add(request);
        WriteObject(Session.ToOutput(added, item.Gateway));
    }

    private AddressItem Item(InetPrefix local) => new()
    {
        Address = InputObject?.Address ?? Describe(local),
        Interface = Interface,
        Target = Target,
        IsPutBack = InputObject is not null,
        InNamespace = InNamespace,
        Gateway = Gateway?.ToString() ?? InputObject?.Gateway,
        DefaultGateway = DefaultGateway ?? default,
        Replace = Force,
        WaitForDetection = WaitForDad,
    };

    private InterfaceAddress Describe(InetPrefix local)
    {
        AddressFlags flags = NoPrefixRoute ? AddressFlags.NoPrefixRoute : AddressFlags.None;
        bool ipv4 = local.Family == Netlink.Inet.AddressFamily.IPv4;
        InterfaceAddress address = new()
        {
            Local = local,
            InterfaceIndex = 0,
            Flags = ipv4 || WaitForDad ? flags : flags | AddressFlags.NoDad,
            Scope = Scope ?? RouteScope.Global,
            Label = Label,
            Broadcast = Broadcast ?? default,
        };
        return LifetimeArgument.Join(address, ValidLifetime, PreferredLifetime, SkipAsSource, Target);
    }
}
