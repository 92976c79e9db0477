using System.Buffers.Binary;
using System.Text;
using System.Text.RegularExpressions;
using EgressNet.Nat;

namespace EgressNet.Attachments;

/// <summary>The identity of an attachment: one interface of one container in one network, as in CNI.</summary>
/// <param name="Network">The network's name.</param>
/// <param name="InterfaceName">The name of the container's interface.</param>
public sealed partial record AttachmentId(string Network, string ContainerId, string InterfaceName)
{
    /// <summary>The most bytes that <see cref="Owner"/> may have: it is kept beside other things in the 255 bytes of an
    /// interface's alias and the 256 of an nf_tables element.</summary>
    public const int MaxOwnerBytes = 200;

    private const string AliasPrefix = "egressnet:";

    /// <summary>The id as one text, which marks everything that belongs to the attachment.</summary>
    public string Owner => $"{Network}/{ContainerId}/{InterfaceName}";

    /// <summary>The alias of the host's interface.</summary>
    public string Alias => AliasPrefix + Owner;

    /// <summary>The name that the host's interface has unless another is chosen: the same for the same attachment, so
    /// that a second one of that id is noticed at once.</summary>
    public string HostInterface => $"veth{Hash[..11]}";

    /// <summary>An alternative name of the host's interface (Linux 5.5), by which it is found without its record even when it
    /// was renamed.</summary>
    public string AlternativeName => $"egressnet-{Hash}";

    private string Hash =>
        $"{BinaryPrimitives.ReadUInt64BigEndian(Sha256.HashData(Encoding.UTF8.GetBytes(Owner))):x16}";

    /// <summary>Parses <see cref="Owner"/>.</summary>
    /// <param name="owner">The tag, or null.</param>
    /// <returns>The attachment; null where it is nobody's or not one of ours.</returns>
    public static AttachmentId? FromOwner(string? owner) =>
        owner?.Split('/') is [string network, string container, string name]
        && Validate(network) is null && Validate(container) is null && IsInterfaceName(name)
            ? new AttachmentId(network, container, name)
            : null;

    /// <summary>Parses <see cref="Alias"/>.</summary>
    /// <param name="alias">The alias, or null.</param>
    /// <returns>The attachment; null where it is not one of ours.</returns>
    public static AttachmentId? FromAlias(string? alias) =>
        alias?.StartsWith(AliasPrefix, StringComparison.Ordinal) == true ? FromOwner(alias[AliasPrefix.Length..]) : null;

    /// <summary>Validates a network's name or a container's id (CNI specification 1.1, section 2).</summary>
    /// <param name="text">The name or id.</param>
    /// <returns>A sentence, or null for a good one.</returns>
    public static string? Validate(string text) => Word().IsMatch(text)
        ? null
        : "It must begin with a letter or digit, and have only letters, digits, '_', '.' and '-'.";

    /// <summary>The id as one text.</summary>
    /// <returns>Such as <c>pods/3f2a/v4if0</c>.</returns>
    public override string ToString() => Owner;

    private static bool IsInterfaceName(string name) => Netlink.Links.InterfaceName.Validate(name) is null;

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9_.-]*\z")]
    private static partial Regex Word();
}
