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

/// <summary>Creates an interface.</summary>
[Cmdlet(
    VerbsCommon.New,
    "NetAdapter",
    SupportsShouldProcess = true,
    DefaultParameterSetName = ParameterSet.Simple,
    HelpUri = DocumentationLink.Root + "New-NetAdapter.md")]
[OutputType(typeof(NetAdapter))]
public sealed class NewNetAdapterCommand : NetAdapterKindBase
{
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("ifAlias", "InterfaceAlias")]
    [TextArgument]
    [ValidateInterfaceName]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string Name { get; set; } = "";

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
    public SwitchParameter Up { get; set; }

    private protected override void ProcessItem() => Attempt(Name, () =>
    {
        NamespaceReference? elsewhere = PeerNetNamespace?.Reference;
        using NamespaceSession? other = elsewhere is null ? null : new NamespaceSession(elsewhere, StopToken);
        NamespaceSession there = other ?? Session;
        ThrowIfImpossible(there);
        string peer = ParameterSetName != ParameterSet.Pair ? ""
            : other is null ? $" <-> {PeerName}"
            : $" <-> {PeerName} in {elsewhere}";
        if (!ShouldProcess($"{Name}{InNamespace}{peer}", $"Create {KindWord} interface"))
        {
            return;
        }

        using NetNamespaceHandle? target = other?.Here.Open();
        Link made = new LinkCreation(Session.Conversation, Report, StopToken)
            .Create(Describe(target), AliasText, ParameterSetName == ParameterSet.Pair ? there.Conversation : null);
        WriteObject(Session.ToOutput(made));
    });

    private void ThrowIfImpossible(NamespaceSession there)
    {
        ThrowIfTaken(Session, Name);
        if (ParameterSetName == ParameterSet.Pair)
        {
            ThrowIfTaken(there, PeerName);
        }

        _ = (Require(ParentAlias), Require(MasterAlias));
    }

    private NewLink Describe(NetNamespaceHandle? peerNamespace)
    {
        Link? parent = Require(ParentAlias);
        VethEnd peer = new() { Name = PeerName, Namespace = peerNamespace, Mtu = (uint?)MtuSize };
        return new NewLink
        {
            Name = Name,
            Kind = Describe(parent, peer),
            Parent = ParameterSetName == ParameterSet.Vxlan ? null : parent,
            Up = Up,
            Mtu = (uint?)MtuSize,
            TransmitQueueLength = TransmitQueueLength,
            Group = Group,
            MasterIndex = Require(MasterAlias)?.Index,
            MacAddress = MacAddress,
        };
    }

    private Link? Require(string? alias) => alias is null ? null : Session.RequireInterface(alias);

    private static void ThrowIfTaken(NamespaceSession session, string name)
    {
        if (session.Connection.Links.Find(name) is not null)
        {
            string where = session.Reference is null or { IsCurrent: true } ? "" : $" in {session.Reference}";
            throw new ErrorRecordException($"Interface '{name}' already exists{where}."
                .ToError(ErrorId.InterfaceAlreadyExists, ErrorCategory.ResourceExists, name));
        }
    }
}
