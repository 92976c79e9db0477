using EgressNet.Arguments;
using EgressNet.Bases;
using EgressNet.Completers;
using EgressNet.Errors;
using EgressNet.Netlink.Addresses;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Routes;
using EgressNet.Queries;
using EgressNet.Transformations;

namespace EgressNet.Commands;

/// <summary>Lists interface addresses.</summary>
[Cmdlet(
    VerbsCommon.Get,
    "NetIPAddress",
    DefaultParameterSetName = ParameterSet.ByName,
    HelpUri = DocumentationLink.Root + "Get-NetIPAddress.md")]
[OutputType(typeof(NetIPAddress))]
public sealed class GetNetIPAddressCommand : InterfaceFilterBase
{
    [Parameter(Position = 0, ParameterSetName = ParameterSet.ByName)]
    [SupportsWildcards]
    [TextArgument]
    [ArgumentCompleter(typeof(AddressCompleter))]
    public string[]? IPAddress { get; set; }

    [Parameter]
    [ValueTransformation]
    [ValidateSet("IPv4", "IPv6")]
    public AddressFamily? AddressFamily { get; set; }

    [Parameter]
    [ValueTransformation(IsList = true)]
    [ArgumentCompleter(typeof(AddressCompleter))]
    public byte[]? PrefixLength { get; set; }

    [Parameter]
    [ValueTransformation(IsList = true)]
    public AddressState[]? AddressState { get; set; }

    [Parameter]
    [ValueTransformation(IsList = true)]
    public RouteScope[]? Scope { get; set; }

    /// <summary>Where their prefixes come from.</summary>
    [Parameter]
    [ValueTransformation(IsList = true)]
    public PrefixOrigin[]? PrefixOrigin { get; set; }

    /// <summary>Where their host parts come from.</summary>
    [Parameter]
    [ValueTransformation(IsList = true)]
    public SuffixOrigin[]? SuffixOrigin { get; set; }

    /// <summary>Types.</summary>
    [Parameter]
    [ValueTransformation(IsList = true)]
    public AddressType[]? Type { get; set; }

    /// <summary>Deprecated ones, or the others.</summary>
    [Parameter]
    [ValueTransformation(IsList = true)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public bool[]? SkipAsSource { get; set; }

    /// <summary>The store: ActiveStore.</summary>
    [Parameter]
    [ValueTransformation]
    [ValidateSupported(EgressNet.PolicyStore.ActiveStore, Unsupported.Store)]
    public PolicyStore PolicyStore { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = ParameterSet.ByInputObject, ValueFromPipeline = true)]
    [CopyTransformation(typeof(NetIPAddress))]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public NetIPAddress[] InputObject { get; set; } = [];

    private protected override Subject Subject => Subject.Address;

    private protected override void ProcessItem()
    {
        if (ParameterSetName == ParameterSet.ByName)
        {
            Attempt(NetNamespace, List);
        }

        ForEach(InputObject, known =>
        {
            NetIPAddress here = Follow(known);
            WriteObject(Query().Again(Session, here), enumerateCollection: true);
        });
    }

    private void List()
    {
        AddressQuery query = Query();
        WriteObject(query.Run(Session), enumerateCollection: true);
        WriteNotFound(query.Unmatched, ErrorId.AddressNotFound, address => $"No address {address}{InNamespace}.");
    }

    private AddressQuery Query() => new(IPAddress)
    {
        InterfaceAlias = MeantAlias,
        InterfaceIndex = MeantIndex,
        AddressFamily = AddressFamily,
        PrefixLength = PrefixLength,
        AddressState = AddressState,
        Scope = Scope,
        PrefixOrigin = PrefixOrigin,
        SuffixOrigin = SuffixOrigin,
        Type = Type,
        SkipAsSource = SkipAsSource,
    };
}
