using EgressNet.Arguments;
using EgressNet.Bases;
using EgressNet.Completers;
using EgressNet.Errors;
using EgressNet.Netlink.Inet;
using EgressNet.Queries;
using EgressNet.Transformations;

namespace EgressNet.Commands;

/// <summary>Lists what interfaces do for each family.</summary>
[Cmdlet(
    VerbsCommon.Get,
    "NetIPInterface",
    DefaultParameterSetName = ParameterSet.ByName,
    HelpUri = DocumentationLink.Root + "Get-NetIPInterface.md")]
[OutputType(typeof(NetIPInterface))]
public sealed class GetNetIPInterfaceCommand : InterfaceFilterBase
{
    /// <summary>Interfaces by name, or wildcards.</summary>
    [Parameter(Position = 0, ParameterSetName = ParameterSet.ByName, ValueFromPipelineByPropertyName = true)]
    [Alias("ifAlias")]
    [TextArgument]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(InterfaceCompleter))]
    public override string[]? InterfaceAlias { get => base.InterfaceAlias; set => base.InterfaceAlias = value; }

    /// <summary>One family; that of an object with a family.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValueTransformation]
    [ValidateSet("IPv4", "IPv6")]
    public AddressFamily? AddressFamily { get; set; }

    /// <summary>Those that forward, or do not.</summary>
    [Parameter]
    [ValueTransformation(IsList = true)]
    public SettingState[]? Forwarding { get; set; }

    /// <summary>Those that pass packets, or do not.</summary>
    [Parameter]
    [ValueTransformation(IsList = true)]
    public ConnectionState[]? ConnectionState { get; set; }

    /// <summary>Disabled is every interface.</summary>
    [Parameter]
    [ValueTransformation(IsList = true)]
    public SettingState[]? Dhcp { get; set; }

    /// <summary>Objects as read, to be read anew.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ParameterSet.ByInputObject, ValueFromPipeline = true)]
    [CopyTransformation(typeof(NetIPInterface))]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public NetIPInterface[] InputObject { get; set; } = [];

    private protected override Subject Subject => Subject.Interface;

    private IPInterfaceQuery Query => new()
    {
        InterfaceAlias = MeantAlias,
        InterfaceIndex = MeantIndex,
        AddressFamily = AddressFamily,
        Forwarding = Forwarding,
        ConnectionState = ConnectionState,
        Dhcp = Dhcp,
    };

    private protected override void ProcessItem()
    {
        if (ParameterSetName == ParameterSet.ByName)
        {
            Attempt(NetNamespace, () => WriteObject(Query.Run(Session), enumerateCollection: true));
        }

        ForEach(InputObject, known =>
        {
            int index = FollowInterface(known.Origin, known.InterfaceIndex, known.InterfaceAlias, known);
            WriteObject(Query.Again(Session, index, known), enumerateCollection: true);
        });
    }
}
