using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using EgressNet.Netlink.Links;
using EgressNet.Netlink.Transport;
using EgressNet.Transformations;
using NamespaceReference = EgressNet.Netlink.Namespaces.NetNamespace;

namespace EgressNet.Completers;

/// <summary>Completes interface names of the namespace typed so far, else of the caller's.</summary>
public sealed class InterfaceCompleter : IArgumentCompleter
{
    private static readonly string[] s_namespaceParameters = ["NetNamespace", "NetNS", "Sandbox"];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters) =>
        Completion.Of(wordToComplete, () => Interfaces(NamespaceOf(fakeBoundParameters)));

    private static IEnumerable<(string, string)> Interfaces(NamespaceReference? ns)
    {
        using NetlinkConnection connection = NetlinkConnection.Open(ns);
        return connection.Links.List()
            .Select(link => (link.Name, $"{link.Name}: {link.Kind ?? "device"} {link.Index}, {link.MacAddress}"));
    }

    private static NamespaceReference? NamespaceOf(IDictionary bound)
    {
        object? typed = s_namespaceParameters.Select(name => bound[name]).FirstOrDefault(value => value is not null);
        return typed is null
            ? null
            : (NamespaceReference)new NetNamespaceTransformationAttribute().Transform(null!, typed);
    }
}
