namespace EgressNet.Routes;

/// <summary>A route that the kernel cannot be told apart from another with the same key; nothing was changed.</summary>
internal sealed class RouteShadowedException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="message">Which route the kernel would take, and which was meant.</param>
    public RouteShadowedException(string message) : base(message)
    {
    }
}
