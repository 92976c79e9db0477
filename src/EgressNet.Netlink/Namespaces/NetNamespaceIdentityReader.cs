namespace EgressNet.Netlink.Namespaces;

/// <summary>Looks which namespaces open ones are, one after another, on one thread of its own instead of a thread for
/// each.</summary>
/// <remarks>Any thread may use it. The namespace last entered is kept alive until another is entered or the reader is
/// disposed.</remarks>
internal sealed class NetNamespaceIdentityReader : IDisposable
{
    private readonly NamespaceVisitor _visitor = new();

    /// <summary>Looks which namespace an open one is, its cookie included.</summary>
    /// <returns>The identity, without the cookie where the namespace may not be entered.</returns>
    public NetNamespaceIdentity IdentityOf(NetNamespaceHandle ns)
    {
        try
        {
            return ns.Identity with { Cookie = _visitor.Run(ns, NetNamespaceCookie.OfCallingThread) };
        }
        catch (NetNamespaceException closed) when (closed.Reason == NetNamespaceError.AccessDenied)
        {
            return ns.Identity;
        }
    }

    /// <summary>Ends the thread.</summary>
    public void Dispose() => _visitor.Dispose();
}
