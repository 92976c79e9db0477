using System.Management.Automation;
using EgressNet.Abstractions;
using EgressNet.Addresses;
using EgressNet.Completers;
using EgressNet.Errors;
using EgressNet.Netlink.Addresses;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Links;
using EgressNet.Netlink.Routes;
using EgressNet.PointToPoint;
using EgressNet.Transformations;
using EgressNet.Veths;

namespace EgressNet.Commands;

/// <summary>Puts an address on an interface.</summary>
[Cmdlet(
    VerbsCommon.New,
    "NetIPAddress",
    SupportsShouldProcess = true,
    DefaultParameterSetName = ParameterSet.ByInterfaceAlias,
    HelpUri = DocumentationLink.Root + "New-NetIPAddress.md")]
[OutputType(typeof(NetIPAddress))]
public sealed class NewNetIPAddressCommand : InterfaceCommand
{
    /// <summary>The address, alone or with its prefix length behind a slash.</summary>
    [Parameter(
        Mandatory = true,
        Position = 0,
        ParameterSetName = ParameterSet.ByInterfaceAlias,
        ValueFromPipelineByPropertyName = true)]
    [Parameter(
        Mandatory = true,
        Position = 0,
        ParameterSetName = ParameterSet.ByInterfaceIndex,
        ValueFromPipelineByPropertyName = true)]
    [Alias("LocalAddress")]
    [IPAddressTransformation]
    [ArgumentCompleter(typeof(AddressCompleter))]
    public IPAddressText? IPAddress { get; set; }

    /// <summary>The prefix length in bits; required unless the address carries one.</summary>
    [Parameter(ParameterSetName = ParameterSet.ByInterfaceAlias, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = ParameterSet.ByInterfaceIndex, ValueFromPipelineByPropertyName = true)]
    [ValueTransformation]
    [ValidateRange(0, 128)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public byte? PrefixLength { get; set; }

    /// <summary>An address as read, to be put back as it was.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ParameterSet.ByInputObject, ValueFromPipeline = true)]
    [CopyTransformation(typeof(NetIPAddress))]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public NetIPAddress? InputObject { get; set; }

    /// <summary>A gateway for the next cmdlet, carried on the output and not given to the kernel.</summary>
    [Parameter(ParameterSetName = ParameterSet.ByInterfaceAlias, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = ParameterSet.ByInterfaceIndex, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = ParameterSet.ByInputObject)]
    [InetAddressTransformation]
    [ArgumentCompleter(typeof(RouteCompleter))]
    public InetAddress? Gateway { get; set; }

    /// <summary>The gateway of a default route to be added.</summary>
    [Parameter]
    [InetAddressTransformation]
    [ArgumentCompleter(typeof(RouteCompleter))]
    public InetAddress? DefaultGateway { get; set; }

    /// <summary>Add no connected route for the prefix.</summary>
    [Parameter(ParameterSetName = ParameterSet.ByInterfaceAlias)]
    [Parameter(ParameterSetName = ParameterSet.ByInterfaceIndex)]
    public SwitchParameter NoPrefixRoute { get; set; }

    /// <summary>How far the address may be used; IPv4 only. Global unless given.</summary>
    [Parameter(ParameterSetName = ParameterSet.ByInterfaceAlias)]
    [Parameter(ParameterSetName = ParameterSet.ByInterfaceIndex)]
    [ValueTransformation]
    public RouteScope? Scope { get; set; }

    /// <summary>An IPv4 label: the interface's name, or that with a colon and more.</summary>
    [Parameter(ParameterSetName = ParameterSet.ByInterfaceAlias)]
    [Parameter(ParameterSetName = ParameterSet.ByInterfaceIndex)]
    [ValidateLength(1, 15)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? Label { get; set; }

    /// <summary>The IPv4 broadcast address; none unless given, as the kernel has it.</summary>
    [Parameter(ParameterSetName = ParameterSet.ByInterfaceAlias)]
    [Parameter(ParameterSetName = ParameterSet.ByInterfaceIndex)]
    [InetAddressTransformation]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public InetAddress? Broadcast { get; set; }

    /// <summary>Run IPv6 duplicate address detection and wait for it. Without it the address is usable at
    /// once.</summary>
    [Parameter(ParameterSetName = ParameterSet.ByInterfaceAlias)]
    [Parameter(ParameterSetName = ParameterSet.ByInterfaceIndex)]
    public SwitchParameter WaitForDad { get; set; }

    /// <summary>Replace the same address where it is there already.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override Subject Subject => Subject.Address;

    /// <inheritdoc/>
    protected override void ProcessRecord() => Attempt(Target, () =>
    {
        if (InputObject is not null)
        {
            FollowObject(InputObject.Origin);
        }

        InetPrefix local = InputObject is null ? IPAddressArgument.Join(IPAddress!, PrefixLength) : InputObject.Address.Local;
        RequireGoodGateway(local, Gateway, nameof(Gateway));
        RequireGoodGateway(local, DefaultGateway, nameof(DefaultGateway));
        RequireBroadcast(local);
        if (ShouldProcess($"{local}{InterfaceText}{InNamespace}", "Add address"))
        {
            Add(local);
        }
    });

    private object? Target => InputObject is null ? IPAddress : InputObject;

    private void Add(InetPrefix local)
    {
        Link link = FindInterface() ?? Session.RequireInterface(InputObject?.InterfaceAlias ?? NameRequired());
        RequireMtu(local, link);
        RequireLabel(link);
        AddressRequest request = new()
        {
            Address = InputObject is null
                ? Describe(local, link)
                : InputObject.Address with { InterfaceIndex = link.Index },
            InterfaceName = $"{link.Name}{InNamespace}",
            DefaultGateway = DefaultGateway ?? default,
            Replace = Force,
            WaitForDetection = WaitForDad,
        };
        InterfaceAddress added = new AddressAddition(Session.Conversation, WriteVerbose, StopToken).Add(request);
        WriteObject(Session.ToOutput(added, Gateway?.ToString() ?? InputObject?.Gateway));
    }

    private InterfaceAddress Describe(InetPrefix local, Link link)
    {
        AddressFlags flags = NoPrefixRoute ? AddressFlags.NoPrefixRoute : AddressFlags.None;
        bool ipv4 = local.Family == AddressFamily.IPv4;
        return new InterfaceAddress
        {
            Local = local,
            InterfaceIndex = link.Index,
            Flags = ipv4 || WaitForDad ? flags : flags | AddressFlags.NoDad,
            Scope = Scope ?? RouteScope.Global,
            Label = ipv4 ? Label ?? link.Name : null,
            Broadcast = Broadcast ?? default,
        };
    }

    private void RequireGoodGateway(InetPrefix local, InetAddress? gateway, string parameter)
    {
        if (gateway is { } given && PointToPointPlan.FaultOf(local, given) is { } fault)
        {
            throw new ErrorRecordException($"{parameter} '{given}' cannot be the gateway of {local}. {fault}"
                .ToError(ErrorId.InvalidGateway, ErrorCategory.InvalidArgument, given));
        }
    }

    private void RequireBroadcast(InetPrefix local)
    {
        if (Broadcast is { } given && (given.Family != AddressFamily.IPv4 || local.Family != AddressFamily.IPv4))
        {
            throw new ErrorRecordException(
                $"Broadcast '{given}' cannot be that of {local}: only IPv4 has one."
                    .ToError(ErrorId.InvalidArgument, ErrorCategory.InvalidArgument, given));
        }
    }

    private void RequireMtu(InetPrefix local, Link link)
    {
        if (local.Family == AddressFamily.IPv6 && link.Mtu < VethRequest.MinIPv6Mtu)
        {
            throw new ErrorRecordException(
                $"IPv6 needs an MTU of {VethRequest.MinIPv6Mtu}, and {link.Name} has {link.Mtu}: {local} cannot be added."
                    .ToError(ErrorId.MtuTooSmallForIPv6, ErrorCategory.InvalidArgument, Target));
        }
    }

    // ip(8) keeps to this too; the kernel does not.
    private void RequireLabel(Link link)
    {
        if (Label is not null && Label != link.Name && !Label.StartsWith($"{link.Name}:", StringComparison.Ordinal))
        {
            throw new ErrorRecordException($"Label '{Label}' is neither '{link.Name}' nor '{link.Name}:' and more."
                .ToError(ErrorId.InvalidArgument, ErrorCategory.InvalidArgument, Target));
        }
    }

    private string NameRequired() => throw new ErrorRecordException(
        "InterfaceAlias or InterfaceIndex is missing."
            .ToError(ErrorId.InvalidArgument, ErrorCategory.InvalidArgument, Target));
}
