using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using EgressNet.Netlink.Namespaces;

namespace EgressNet.Completers;

/// <summary>Completes the names under /run/netns.</summary>
public sealed class NetNamespaceCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters) =>
        Completion.Of(wordToComplete, () => NetNamespaces.List().Select(ns => (ns.ToString(), ns.Path)));
}
