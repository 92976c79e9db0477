namespace EgressNet.Rules;

/// <summary>A rule that the kernel cannot be told apart from another of the same priority; nothing was changed.</summary>
/// <param name="message">Which rule the kernel would take, and which was meant.</param>
internal sealed class RuleShadowedException(string message) : Exception(message);
