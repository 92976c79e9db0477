using EgressNet.Arguments;
using EgressNet.Bases;
using EgressNet.Completers;
using EgressNet.Errors;
using EgressNet.Links;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Links;
using EgressNet.Netlink.Namespaces;
using EgressNet.Sessions;
using EgressNet.Transformations;

namespace EgressNet.Commands;

/// <summary>Changes properties of interfaces.</summary>
[Cmdlet(
    VerbsCommon.Set,
    "NetAdapter",
    SupportsShouldProcess = true,
    DefaultParameterSetName = ParameterSet.ByInputObject,
    HelpUri = DocumentationLink.Root + "Set-NetAdapter.md")]
[OutputType(typeof(NetAdapter))]
public sealed class SetNetAdapterCommand : NetAdapterChangeBase
{
    [Parameter]
    [Alias("LinkLayerAddress")]
    [MacAddressTransformation]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public MacAddress? MacAddress { get; set; }

    [Parameter]
    [Alias("Mtu")]
    [ValueTransformation]
    [ValidateRange(1, int.MaxValue)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public int? MtuSize { get; set; }

    [Parameter]
    [Alias("Master")]
    [TextArgument]
    [ArgumentCompleter(typeof(InterfaceCompleter))]
    public string? MasterAlias { get; set; }

    [Parameter]
    public SwitchParameter NoMaster { get; set; }

    [Parameter]
    [AllowEmptyString]
    [TextArgument]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? AliasText { get; set; }

    [Parameter]
    [ValueTransformation]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public uint? TransmitQueueLength { get; set; }

    [Parameter]
    [ValueTransformation]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public uint? Group { get; set; }

    [Parameter]
    [NetNamespaceTransformation]
    [ArgumentCompleter(typeof(NetNamespaceCompleter))]
    public NetNamespace? MoveTo { get; set; }

    private protected override string Action =>
        $"Set interface {string.Join(", ", Words)}";

    private IEnumerable<string> Words => new (string Name, object? Value)[]
    {
        ("address", MacAddress),
        ("mtu", MtuSize),
        ("master", MasterAlias),
        ("alias", AliasText is null ? null : $"'{AliasText}'"),
        ("txqueuelen", TransmitQueueLength),
        ("group", Group),
        ("netns", MoveTo?.Reference),
    }.Where(each => each.Value is not null).Select(each => $"{each.Name} {each.Value}")
        .Concat(NoMaster ? ["nomaster"] : []);

    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        string? fault = !Words.Any() ? "Nothing is to be set: give MacAddress, MtuSize, MasterAlias, NoMaster, AliasText, "
                + "TransmitQueueLength, Group or MoveTo."
            : MasterAlias is not null && NoMaster ? "MasterAlias and NoMaster exclude each other."
            : null;
        if (fault is not null)
        {
            ThrowTerminatingError(fault.ToError(ErrorId.InvalidArgument, ErrorCategory.InvalidArgument, null));
        }
    }

    private protected override void ThrowIfImpossible(Link link) => Master();

    private protected override Link Change(LinkSetting adapters, Link link) => adapters.Set(link, Properties());

    private protected override void Act(Link link)
    {
        if (MoveTo is null)
        {
            base.Act(link);
            return;
        }

        using NamespaceSession there = new(MoveTo.Reference, StopToken);
        using NetNamespaceHandle target = there.Here.Open();
        LinkSetting adapters = new(Session.Conversation, Report, StopToken);
        Emit(there.ToOutput(adapters.Move(link, Properties(), target, there.Conversation, $"{MoveTo.Reference}")));
    }

    private LinkChange Properties() => new()
    {
        MacAddress = MacAddress,
        Mtu = (uint?)MtuSize,
        MasterIndex = Master()?.Index ?? (NoMaster ? 0 : null),
        Alias = AliasText,
        TransmitQueueLength = TransmitQueueLength,
        Group = Group,
    };

    private Link? Master() => MasterAlias is null ? null : Session.RequireInterface(MasterAlias);
}
