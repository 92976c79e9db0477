using EgressNet.Attachments;
using EgressNet.Changes;
using EgressNet.Netlink.Namespaces;
using EgressNet.Nodes;

namespace EgressNet.Operations;

/// <summary>Deletes pairs whose host's end is in another namespace than the node's, by the container's end.</summary>
internal sealed class StrayPairs(EgressKernel kernel)
{
    private readonly Stack<Conversation> _open = [];
    private NamespaceNumbers? _namespaces;

    /// <summary>Deletes a pair.</summary>
    /// <param name="changes">The operation.</param>
    /// <exception cref="AttachmentException">Its container's namespace has neither a name nor a process in it.</exception>
    public void Delete(ChangeSet changes, AttachmentId id, StrayPair pair)
    {
        NamespaceReference ns = (_namespaces ??= new NamespaceNumbers(kernel.Host)).Find(pair.NamespaceNumber)
            ?? throw new AttachmentException(
                AttachmentError.NamespaceGone,
                $"The host's end of {pair.End} of {id} was moved to another network namespace, and its other end is in one "
                + "that has no name and no process. The pair goes with either.");
        Conversation container = new(() => kernel.Open(ns));
        _open.Push(container);
        changes.Do(new DeleteLink(() => container.Connection, pair.End, $"{id}"));
    }

    /// <summary>Closes the connections into the containers' namespaces, once nothing can be undone any more.</summary>
    public void Close()
    {
        _namespaces = null;
        while (_open.TryPop(out Conversation? container))
        {
            container.Dispose();
        }
    }
}
