using System.Runtime.CompilerServices;
using EgressNet.Netlink.Namespaces;
using EgressNet.Netlink.Transport;

namespace EgressNet;

/// <summary>The namespace that objects were read in, shared by all objects of one reading.</summary>
internal sealed class NamespaceOrigin
{
    // A parameter that binds the property of an object gets its text and nothing else. This very text, and no other that
    // reads the same, leads back to the namespace that was read.
    private static readonly ConditionalWeakTable<string, NamespaceOrigin> s_origins = [];

    public NamespaceOrigin(NamespaceReference? reference, NetNamespaceIdentity? identity) =>
        Reference = (reference ?? NamespaceReference.Current).WithIdentity(identity);

    public NamespaceOrigin(NamespaceReference? reference, NetlinkConnection connection)
        : this(reference, connection.NamespaceIdentity)
    {
    }

    /// <summary>The origin of a deserialized copy. A name of digits is a name there, not a process id.</summary>
    public static NamespaceOrigin OfCopy(string? text) => new(
        text is null ? null
        : text.StartsWith('/') ? NamespaceReference.FromPath(text)
        : NamespaceReference.FromName(text),
        identity: null);

    public NamespaceReference Reference { get; }

    public string Path => field ??= Carry(Reference.Path);

    /// <summary>The namespace by name or path; null for the caller's own.</summary>
    public string? Text => Reference.IsCurrent ? null : field ??= Carry($"{Reference}");

    /// <returns>Null for a text that no object carries.</returns>
    public static NamespaceOrigin? Find(string text) =>
        s_origins.TryGetValue(text, out NamespaceOrigin? found) ? found : null;

    private string Carry(string text)
    {
        string own = new(text.AsSpan());
        s_origins.Add(own, this);
        return own;
    }
}
