using EgressNet.Arguments;
using EgressNet.Bases;
using EgressNet.Batches;
using EgressNet.Completers;
using EgressNet.Errors;
using EgressNet.Netlink.Inet;
using EgressNet.Queries;
using EgressNet.Transformations;

namespace EgressNet.Commands;

/// <summary>Takes addresses off interfaces: by name, all of an interface, or exactly those piped in.</summary>
[Cmdlet(
    VerbsCommon.Remove,
    "NetIPAddress",
    SupportsShouldProcess = true,
    DefaultParameterSetName = ParameterSet.ByInputObject,
    HelpUri = DocumentationLink.Root + "Remove-NetIPAddress.md")]
[OutputType(typeof(NetIPAddress))]
public sealed class RemoveNetIPAddressCommand : InterfaceFilterBase
{
    private AddressQuery? _filter;

    [Parameter(Position = 0, ParameterSetName = ParameterSet.ByName, ValueFromPipelineByPropertyName = true)]
    [TextArgument(typeof(NetIPAddress))]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(AddressCompleter))]
    public string[] IPAddress { get; set; } = [];

    [Parameter(ParameterSetName = ParameterSet.ByName, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = ParameterSet.ByInputObject)]
    [ValueTransformation(IsList = true)]
    [ArgumentCompleter(typeof(AddressCompleter))]
    public byte[]? PrefixLength { get; set; }

    [Parameter]
    [ValueTransformation]
    [ValidateSet("IPv4", "IPv6")]
    public AddressFamily? AddressFamily { get; set; }

    [Parameter]
    [ValueTransformation]
    [ValidateSupported(EgressNet.PolicyStore.ActiveStore, Unsupported.Store)]
    public PolicyStore PolicyStore { get; set; }

    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ParameterSet.ByInputObject, ValueFromPipeline = true)]
    [CopyTransformation(typeof(NetIPAddress), TakesInterfaces = true)]
    [ArgumentCompleter(typeof(NameOrObjectCompleter<AddressCompleter>))]
    public NetIPAddress[] InputObject { get; set; } = [];

    [Parameter]
    public SwitchParameter Force { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override Subject Subject => Subject.Address;

    private protected override void ProcessItem()
    {
        // Null is what an object has for one: its error comes with the other filters'.
        if (ParameterSetName == ParameterSet.ByName && IPAddress is not { Length: > 0 })
        {
            Attempt(NetNamespace, () => ForEach(Query(null).Run(Session), Remove));
        }

        ForEach(IPAddress ?? [], RemoveByName);
        ForEach(InputObject, address =>
        {
            NetIPAddress here = Follow(address);
            if ((_filter ??= Query(null)).Wants(here.Address))
            {
                Remove(here);
            }
        });
    }

    private AddressQuery Query(string[]? addresses) => new(addresses)
    {
        InterfaceAlias = MeantAlias,
        InterfaceIndex = MeantIndex,
        PrefixLength = PrefixLength,
        AddressFamily = AddressFamily,
    };

    private void RemoveByName(string name)
    {
        AddressQuery query = Query([name]);
        List<NetIPAddress> found = query.Run(Session);
        if (found.Count > 1 && !Force && !query.HasWildcard)
        {
            throw new ErrorRecordException(
                $"{found.Count} addresses match '{name}'{InNamespace}: specify the interface or prefix length, or use -Force."
                    .ToError(ErrorId.AddressAmbiguous, ErrorCategory.InvalidArgument, name));
        }

        ForEach(found, Remove);

        WriteNotFound(query.Unmatched, ErrorId.AddressNotFound, address => $"No address {address}{InNamespace}.");
    }

    private void Remove(NetIPAddress address)
    {
        AddressRemover remover = Gather(session => new AddressRemover(this, session, PassThru));
        string secondaries = remover.SecondariesOf(address) is { Length: > 0 } names
            ? $" and its secondary addresses {names}"
            : "";
        Foresee(() => remover.Foresee(address));
        if (ShouldProcess($"{address.Address.Local} dev {address.InterfaceAlias}{secondaries}{InNamespace}", "Remove address"))
        {
            remover.Remove(address);
        }
        else
        {
            remover.Keep(address);
        }
    }
}
