using EgressNet.Arguments;
using EgressNet.Bases;
using EgressNet.Completers;
using EgressNet.Errors;
using EgressNet.Netlink.Addresses;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Routes;
using EgressNet.PointToPoint;
using EgressNet.Sessions;
using EgressNet.Transformations;

namespace EgressNet.Commands;

/// <summary>Makes an address of an interface point-to-point: all its traffic goes to one gateway.</summary>
[Cmdlet(
    VerbsCommon.Set,
    "PointToPointGateway",
    SupportsShouldProcess = true,
    DefaultParameterSetName = ParameterSet.ByInputObject,
    HelpUri = DocumentationLink.Root + "Set-PointToPointGateway.md")]
[OutputType(typeof(NetRoute))]
public sealed class SetPointToPointGatewayCommand : InterfaceCommandBase
{
    [Parameter(
        Mandatory = true,
        Position = 0,
        ParameterSetName = ParameterSet.ByInterface,
        ValueFromPipelineByPropertyName = true)]
    [IPAddressTransformation(IsText = true)]
    [ArgumentCompleter(typeof(AddressOrGatewayCompleter))]
    public IPAddressText? IPAddress { get; set; }

    [Parameter(ParameterSetName = ParameterSet.ByInterface, ValueFromPipelineByPropertyName = true)]
    [ValueTransformation]
    [ValidateRange(0, 128)]
    [ArgumentCompleter(typeof(AddressCompleter))]
    public byte? PrefixLength { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = ParameterSet.ByInputObject, ValueFromPipeline = true)]
    [CopyTransformation(typeof(NetIPAddress))]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public NetIPAddress? InputObject { get; set; }

    [Parameter(Position = 0, ParameterSetName = ParameterSet.ByInputObject)]
    [Parameter(Position = 1, ParameterSetName = ParameterSet.ByInterface, ValueFromPipelineByPropertyName = true)]
    [Alias("NextHop", "DefaultGateway")]
    [InetAddressTransformation(IsText = true)]
    [ArgumentCompleter(typeof(AddressOrGatewayCompleter))]
    public InetAddress? Gateway { get; set; }

    [Parameter]
    public SwitchParameter DefaultRoute { get; set; }

    private protected override Subject Subject => Subject.Route;

    private protected override void ProcessItem() => Attempt(Target, () =>
    {
        if (InputObject is not null)
        {
            FollowObject(InputObject.Origin);
        }

        InetAddress address = InputObject?.Address.Local.Address ?? IPAddress!.Address;
        RequireGoodGateway(address);
        Foresee(() => Gateways.ThrowIfTaken(Plan(address)));
        if (ShouldProcess($"{AddressText}{InNamespace}", $"Set point-to-point gateway {ResolvedGateway}"))
        {
            foreach (Route route in Gateways.Apply(Plan(address)))
            {
                WriteObject(Session.ToOutput(route));
            }
        }
    });

    private object? Target => InputObject is null ? IPAddress : InputObject;

    private InetAddress? ResolvedGateway => Gateway ?? (InputObject?.Gateway is { } carried ? InetAddress.Parse(carried) : null);

    private string AddressText => InputObject is null
        ? $"{IPAddress}{InterfaceText}"
        : $"{InputObject.Address.Local} dev {InputObject.InterfaceAlias}";

    private PointToPointGateway Gateways => new(Session.Conversation, Report, StopToken);

    private PointToPointPlan Plan(InetAddress address)
    {
        int index = InputObject is null
            ? new InterfaceLookup(Session).Require(NamedInterface ?? NameRequired(Target)).Index
            : Here(InputObject).InterfaceIndex;
        return new PointToPointPlan
        {
            Address = InterfaceAddressOf(address, index),
            InterfaceIndex = index,
            Gateway = ResolvedGateway!.Value,
            DefaultRoute = DefaultRoute,
        };
    }

    private void RequireGoodGateway(InetAddress address)
    {
        if (PointToPointPlan.Validate(InetPrefix.Host(address), ResolvedGateway ?? default) is { } fault)
        {
            throw new ErrorRecordException($"Gateway '{ResolvedGateway}' cannot be the gateway of {address}. {fault}"
                .ToError(ErrorId.InvalidGateway, ErrorCategory.InvalidArgument, Target));
        }
    }

    private InetPrefix InterfaceAddressOf(InetAddress address, int index)
    {
        byte? length = InputObject?.PrefixLength ?? IPAddress!.PrefixLength ?? PrefixLength;
        InetPrefix[] present =
        [
            .. Session.Connection.Addresses.List(address.Family, index)
                .Select(found => found.Local)
                .Where(local => local.Address == address && (length is null || local.Length == length)),
        ];
        return present switch
        {
            [InetPrefix one, ..] when InputObject is not null || present.Length == 1 => one,
            [] => throw new ErrorRecordException($"No address {AddressText}{InNamespace}."
                .ToNotFoundError(ErrorId.AddressNotFound, Target)),
            _ => throw new ErrorRecordException($"{present.Length} addresses {address}{InterfaceText}: specify PrefixLength."
                .ToError(ErrorId.AddressAmbiguous, ErrorCategory.InvalidArgument, IPAddress)),
        };
    }
}
