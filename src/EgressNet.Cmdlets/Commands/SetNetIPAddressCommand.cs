using EgressNet.Addresses;
using EgressNet.Arguments;
using EgressNet.Bases;
using EgressNet.Completers;
using EgressNet.Errors;
using EgressNet.Netlink.Addresses;
using EgressNet.Netlink.Inet;
using EgressNet.Queries;
using EgressNet.Transformations;

namespace EgressNet.Commands;

/// <summary>Changes addresses that are there: by name, all of an interface, or exactly those piped in.</summary>
[Cmdlet(
    VerbsCommon.Set,
    "NetIPAddress",
    SupportsShouldProcess = true,
    DefaultParameterSetName = ParameterSet.ByInputObject,
    HelpUri = DocumentationLink.Root + "Set-NetIPAddress.md")]
[OutputType(typeof(NetIPAddress))]
public sealed class SetNetIPAddressCommand : InterfaceFilterBase
{
    /// <summary>Addresses without length, each of which must name one.</summary>
    [Parameter(Position = 0, ParameterSetName = ParameterSet.ByName, ValueFromPipelineByPropertyName = true)]
    [TextArgument(typeof(NetIPAddress))]
    [ArgumentCompleter(typeof(AddressCompleter))]
    public string[] IPAddress { get; set; } = [];

    /// <summary>One family.</summary>
    [Parameter]
    [ValueTransformation]
    [ValidateSet("IPv4", "IPv6")]
    public AddressFamily? AddressFamily { get; set; }

    /// <summary>Addresses as Get-NetIPAddress emits them.</summary>
    [Parameter(
        Mandatory = true,
        Position = 0,
        ParameterSetName = ParameterSet.ByInputObject,
        ValueFromPipeline = true)]
    [CopyTransformation(typeof(NetIPAddress), TakesInterfaces = true)]
    [ArgumentCompleter(typeof(NameOrObjectCompleter<AddressCompleter>))]
    public NetIPAddress[] InputObject { get; set; } = [];

    /// <summary>The new prefix length in bits.</summary>
    [Parameter]
    [ValueTransformation]
    [ValidateRange(0, 128)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public byte? PrefixLength { get; set; }

    /// <summary>How long it is valid from now on.</summary>
    [Parameter]
    [LifetimeTransformation]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public TimeSpan? ValidLifetime { get; set; }

    /// <summary>How long it is preferred from now on.</summary>
    [Parameter]
    [LifetimeTransformation]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public TimeSpan? PreferredLifetime { get; set; }

    /// <summary>Whether it is deprecated from now on, so that IPv6 avoids it as a source.</summary>
    [Parameter]
    [ValueTransformation]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public bool? SkipAsSource { get; set; }

    /// <summary>The store: ActiveStore.</summary>
    [Parameter]
    [ValueTransformation]
    [ValidateSupported(EgressNet.PolicyStore.ActiveStore, Unsupported.Store)]
    public PolicyStore PolicyStore { get; set; }

    /// <summary>Emit each address as it is then.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override Subject Subject => Subject.Address;

    private protected override void ProcessItem()
    {
        // Null is what an object has for one: its error comes with the other filters'.
        if (ParameterSetName == ParameterSet.ByName && IPAddress is not { Length: > 0 })
        {
            Attempt(NetNamespace, () => ForEach(Query(null).Run(Session), Change));
        }

        ForEach(IPAddress ?? [], address => Change(One(address)));
        ForEach(InputObject, address =>
        {
            NetIPAddress here = Follow(address);
            if (Query(null).Wants(here.Address))
            {
                Change(here);
            }
        });
    }

    private AddressQuery Query(string[]? addresses) => new(addresses)
    {
        InterfaceAlias = MeantAlias,
        InterfaceIndex = MeantIndex,
        AddressFamily = AddressFamily,
    };

    private NetIPAddress One(string name)
    {
        List<NetIPAddress> found = Query([name]).Run(Session);
        return found switch
        {
            [NetIPAddress address] => address,
            [] => throw new ErrorRecordException(
                $"No address {name}{InNamespace}.".ToNotFoundError(ErrorId.AddressNotFound, name)),
            _ => throw new ErrorRecordException(
                $"{found.Count} addresses match '{name}'{InNamespace}: name the interface, or pipe the one meant."
                    .ToError(ErrorId.AddressAmbiguous, ErrorCategory.InvalidArgument, name)),
        };
    }

    private void Change(NetIPAddress address)
    {
        InterfaceAddress old = address.Address;
        InterfaceAddress wanted = Wanted(old, address);
        string name = $"{address.InterfaceAlias}{InNamespace}";
        Foresee(() => new AddressReplacement(Session.Conversation).Require(old, present => Wanted(present, address), name));
        if (!ShouldProcess($"{old.Local} dev {name}", $"Change address to {TextOf(wanted)}"))
        {
            return;
        }

        InterfaceAddress changed = new AddressReplacement(Session.Conversation, Report, StopToken)
            .Apply(old, present => Wanted(present, address), name);
        if (PassThru)
        {
            WriteObject(Session.ToOutput(changed, address.Gateway));
        }
    }

    private static string TextOf(InterfaceAddress wanted) =>
        $"{wanted.Local} valid {AddressLifetime.TextOf(wanted.ValidSeconds)} "
        + $"preferred {AddressLifetime.TextOf(wanted.PreferredSeconds)}";

    private InterfaceAddress Wanted(InterfaceAddress old, NetIPAddress target)
    {
        if (PrefixLength is null && ValidLifetime is null && PreferredLifetime is null && SkipAsSource is null)
        {
            throw new ErrorRecordException(
                "Nothing is to be changed: give PrefixLength, ValidLifetime, PreferredLifetime or SkipAsSource."
                    .ToError(ErrorId.InvalidArgument, ErrorCategory.InvalidArgument, target));
        }

        InetPrefix local = PrefixLength is null
            ? old.Local
            : IPAddressArgument.Join(new IPAddressText(old.Local.Address, null), PrefixLength);
        bool isBroadcast = old.Broadcast == old.Local.Address.Fill(old.Local.Length);
        return LifetimeArgument.Join(
            old with
            {
                Local = local,
                Broadcast = isBroadcast && local != old.Local ? local.Address.Fill(local.Length) : old.Broadcast,
                Flags = local == old.Local || old.Flags.HasFlag(AddressFlags.Tentative) ? old.Flags : WithoutDetection(old),
            },
            ValidLifetime,
            PreferredLifetime,
            SkipAsSource,
            target);
    }

    // The link knows already that the address is unique.
    private static AddressFlags WithoutDetection(InterfaceAddress old) =>
        old.Family == Netlink.Inet.AddressFamily.IPv6 ? old.Flags | AddressFlags.NoDad : old.Flags;
}
