using EgressNet.Arguments;
using EgressNet.Bases;
using EgressNet.Completers;
using EgressNet.Dns;
using EgressNet.Errors;
using EgressNet.Netlink.Namespaces;
using EgressNet.Queries;
using EgressNet.Transformations;

namespace EgressNet.Commands;

/// <summary>Shows interfaces with all that they have: addresses, gateways, name servers.</summary>
[Cmdlet(
    VerbsCommon.Get,
    "NetIPConfiguration",
    DefaultParameterSetName = ParameterSet.ByName,
    HelpUri = DocumentationLink.Root + "Get-NetIPConfiguration.md")]
[Alias("gip")]
[OutputType(typeof(NetIPConfiguration))]
public sealed class GetNetIPConfigurationCommand : InterfaceFilterBase
{
    /// <summary>Interfaces by name, or wildcards.</summary>
    [Parameter(Position = 0, ParameterSetName = ParameterSet.ByName, ValueFromPipelineByPropertyName = true)]
    [Alias("ifAlias")]
    [TextArgument]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(InterfaceCompleter))]
    public override string[]? InterfaceAlias { get => base.InterfaceAlias; set => base.InterfaceAlias = value; }

    /// <summary>Also interfaces that pass no packets, and the loopback.</summary>
    [Parameter]
    public SwitchParameter All { get; set; }

    /// <summary>Show more of each.</summary>
    [Parameter]
    public SwitchParameter Detailed { get; set; }

    private protected override Subject Subject => Subject.Interface;

    private protected override void ProcessItem() => Attempt(NetNamespace, () =>
    {
        IPConfigurationQuery query = new()
        {
            InterfaceAlias = MeantAlias,
            InterfaceIndex = MeantIndex,
            All = All,
            Detailed = Detailed,
            NameServers = NameServers(),
        };
        WriteObject(query.Run(Session), enumerateCollection: true);
    });

    private IReadOnlyList<string> NameServers()
    {
        string path = ResolverConfiguration.PathOf(NetNamespace?.Reference ?? NamespaceReference.Current);
        try
        {
            return ResolverConfiguration.Read(path);
        }
        catch (Exception denied) when (denied is IOException or UnauthorizedAccessException)
        {
            WriteWarning($"The name servers are not known: {denied.Message}");
            return [];
        }
    }
}
