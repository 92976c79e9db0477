using EgressNet.Attachments;

namespace EgressNet.Operations;

/// <summary>The result of removing an attachment.</summary>
/// <param name="WasThere">Whether there was anything of it.</param>
/// <param name="Fault">Why not all of it was removed; null where all was.</param>
/// <param name="Warning">What there was in the place of something of it, and stays; null where there was nothing.</param>
public sealed record RemovalResult(Attachment Attachment, bool WasThere, Exception? Fault, string? Warning = null);
