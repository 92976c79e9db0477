using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using EgressNet.Attachments;
using EgressNet.Netlink.Links;
using EgressNet.Netlink.Transport;

namespace EgressNet.Completers;

/// <summary>Completes the ids of attached containers.</summary>
public sealed class ContainerEgressCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters) =>
        Completion.Of(wordToComplete, Attached);

    private static IEnumerable<(string, string)> Attached()
    {
        using NetlinkConnection connection = NetlinkConnection.Open();
        return connection.Links.List("veth")
            .Select(link => (link.Name, Id: AttachmentId.FromAlias(link.Alias)))
            .Where(each => each.Id is not null)
            .Select(each => (each.Id!.ContainerId, $"{each.Id} by {each.Name}"));
    }
}
