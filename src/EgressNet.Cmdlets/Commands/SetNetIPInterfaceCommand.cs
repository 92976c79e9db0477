using EgressNet.Arguments;
using EgressNet.Bases;
using EgressNet.Changes;
using EgressNet.Completers;
using EgressNet.Errors;
using EgressNet.IPInterfaces;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.IPInterfaces;
using EgressNet.Queries;
using EgressNet.Transformations;

namespace EgressNet.Commands;

/// <summary>Sets what interfaces do for each family.</summary>
[Cmdlet(
    VerbsCommon.Set,
    "NetIPInterface",
    SupportsShouldProcess = true,
    DefaultParameterSetName = ParameterSet.ByName,
    HelpUri = DocumentationLink.Root + "Set-NetIPInterface.md")]
[OutputType(typeof(NetIPInterface))]
public sealed class SetNetIPInterfaceCommand : InterfaceFilterBase
{
    /// <summary>Interfaces by name, or wildcards.</summary>
    [Parameter(Position = 0, ParameterSetName = ParameterSet.ByName, ValueFromPipelineByPropertyName = true)]
    [Alias("ifAlias")]
    [TextArgument(typeof(NetIPInterface))]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(InterfaceCompleter))]
    public override string[]? InterfaceAlias { get => base.InterfaceAlias; set => base.InterfaceAlias = value; }

    /// <summary>One family; both without it.</summary>
    [Parameter(ParameterSetName = ParameterSet.ByName)]
    [ValueTransformation]
    [ValidateSet("IPv4", "IPv6")]
    public AddressFamily? AddressFamily { get; set; }

    /// <summary>Objects as Get-NetIPInterface emits them.</summary>
    [Parameter(
        Mandatory = true, Position = 0, ParameterSetName = ParameterSet.ByInputObject, ValueFromPipeline = true)]
    [CopyTransformation(typeof(NetIPInterface))]
    [ArgumentCompleter(typeof(NameOrObjectCompleter<InterfaceCompleter>))]
    public NetIPInterface[] InputObject { get; set; } = [];

    /// <summary>Whether what comes in by it is forwarded.</summary>
    [Parameter]
    [ValueTransformation]
    public SettingState? Forwarding { get; set; }

    /// <summary>The longest packet in bytes.</summary>
    [Parameter]
    [Alias("NlMtu")]
    [ValueTransformation]
    [ValidateRange(68, int.MaxValue)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public uint? NlMtuBytes { get; set; }

    /// <summary>Refused: Linux has none.</summary>
    [Parameter]
    [ValueTransformation]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public uint? InterfaceMetric { get; set; }

    /// <summary>Disabled is what there is; Enabled is refused.</summary>
    [Parameter]
    [ValueTransformation]
    public SettingState? Dhcp { get; set; }

    /// <summary>IPv6: what it does with router advertisements.</summary>
    [Parameter]
    [ValueTransformation]
    public RouterAdvertisements? AcceptRa { get; set; }

    /// <summary>IPv6: whether addresses are looked for before they are used.</summary>
    [Parameter]
    [ValueTransformation]
    public DuplicateAddressDetection? Dad { get; set; }

    /// <summary>IPv6: whether it is on.</summary>
    [Parameter]
    [ValueTransformation]
    public SettingState? IPv6 { get; set; }

    /// <summary>IPv4: whether it answers ARP for what is reached by another interface.</summary>
    [Parameter]
    [ValueTransformation]
    public SettingState? ProxyArp { get; set; }

    /// <summary>IPv4: whether it drops packets by their source.</summary>
    [Parameter]
    [ValueTransformation]
    public ReversePathFilter? RpFilter { get; set; }

    /// <summary>ActiveStore is what there is; PersistentStore is refused.</summary>
    [Parameter]
    [ValueTransformation]
    [ValidateSupported(EgressNet.PolicyStore.ActiveStore, Unsupported.Store)]
    public PolicyStore PolicyStore { get; set; }

    /// <summary>Emit each as it is then.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override Subject Subject => Subject.Interface;

    private IPInterfaceChange Wanted => new()
    {
        Forwarding = IsOn(Forwarding),
        Mtu = NlMtuBytes,
        AcceptRa = AcceptRa,
        Dad = Dad,
        IsDisabled = !IsOn(IPv6),
        ProxyArp = IsOn(ProxyArp),
        RpFilter = RpFilter,
    };

    private string? Fault => this switch
    {
        { Dhcp: null, InterfaceMetric: null } when Wanted == new IPInterfaceChange() =>
            "Nothing is to be set: give Forwarding, NlMtuBytes, AcceptRa, Dad, IPv6, ProxyArp or RpFilter.",
        { Dhcp: SettingState.Enabled } =>
            "Dhcp 'Enabled' cannot be set: the kernel asks for no address by DHCP. Run a DHCP client, such as dhcpcd.",
        { InterfaceMetric: { } metric } =>
            $"InterfaceMetric '{metric}' cannot be set: interfaces have no metric on Linux. Set the RouteMetric of routes.",
        _ => null,
    };

    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        if (Fault is { } fault)
        {
            ThrowTerminatingError(fault.ToError(ErrorId.InvalidArgument, ErrorCategory.InvalidArgument, null));
        }
    }

    private protected override void ProcessItem()
    {
        if (ParameterSetName == ParameterSet.ByName)
        {
            Attempt(InterfaceAlias, () =>
            {
                foreach (int index in Named())
                {
                    Attempt(Session.TextOf(index), () => Set(Families(index)));
                }
            });
        }

        ForEach(InputObject, known =>
        {
            int index = FollowInterface(known.Origin, known.InterfaceIndex, known.InterfaceAlias, known);
            Set(new IPInterfaceQuery().Again(Session, index, known).Select(each => each.Row).ToArray());
        });
    }

    private IEnumerable<int> Named() => Session.MatchInterfaces(MeantAlias, MeantIndex)?.Order()
        ?? throw new ErrorRecordException("InterfaceAlias or InterfaceIndex is missing."
            .ToError(ErrorId.InvalidArgument, ErrorCategory.InvalidArgument, null));

    private IPInterface[] Families(int index)
    {
        AddressFamily family = AddressFamily ?? Netlink.Inet.AddressFamily.Unspecified;
        IPInterface[] found = [.. Session.Connection.IPInterfaces.Get(index, family)];
        return found.Length > 0
            ? found
            : throw new ErrorRecordException($"{Session.TextOf(index)} has no {AddressFamily}{InNamespace}."
                .ToNotFoundError(ErrorId.InterfaceNotFound, Session.TextOf(index)));
    }

    private void Set(IPInterface[] meant)
    {
        IPInterfaceWriter writer = new(Session.Conversation, new KernelSettings(), Session.Here)
        {
            Report = Report, Stopping = StopToken,
        };
        writer.Check(meant, Wanted);
        string[] changes = [.. IPInterfaceWriter.TextsOf(meant, Wanted)];
        IReadOnlyList<IPInterface> now = meant;
        if (changes.Length > 0)
        {
            if (!ShouldProcess($"{string.Join<IPInterface>(", ", meant)}{InNamespace}", Sentence(changes)))
            {
                return;
            }

            now = writer.Apply(meant, Wanted);
        }

        if (PassThru)
        {
            WriteObject(now.Select(row => new NetIPInterface(row, Session.Origin)), enumerateCollection: true);
        }
    }

    private static bool? IsOn(SettingState? state) => state is { } given ? given == SettingState.Enabled : null;

    private static string Sentence(string[] changes)
    {
        string text = string.Join(", ", changes);
        return char.ToUpperInvariant(text[0]) + text[1..];
    }
}
