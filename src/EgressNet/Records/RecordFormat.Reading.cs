using System.Text;
using System.Text.Json;
using EgressNet.Attachments;
using EgressNet.Nat;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Namespaces;

namespace EgressNet.Records;

internal static partial class RecordFormat
{
    /// <summary>Reads a record.</summary>
    /// <returns>Null for a damaged one, one of a later version, and one of another attachment.</returns>
    public static AttachmentRecord? Read(ReadOnlySpan<byte> json, AttachmentId id)
    {
        try
        {
            JsonElement record = JsonElement.Parse(json);
            return record.GetProperty(Member.Version).GetInt32() == Version && Text(record, Member.Owner) == id.Owner
                ? Checked(RecordOf(record, id)) with { IsEdited = !IsAsWritten(json, Find(record, Member.Digest)) }
                : null;
        }
        catch (Exception damaged) when (damaged is JsonException or InvalidOperationException or KeyNotFoundException
            or FormatException or ArgumentException or OverflowException or AttachmentException)
        {
            return null;
        }
    }

    // Nothing that New-ContainerEgress would refuse was ever written.
    private static AttachmentRecord Checked(AttachmentRecord record)
    {
        AttachmentRules.ThrowIfInvalid(record.Attachment);
        return record is { HostIndex: null or > 0, ContainerIndex: null or > 0, NamespaceNumber: null or >= 0 }
            ? record
            : throw new FormatException("A number is not an interface's index or a namespace's id.");
    }

    private static bool IsAsWritten(ReadOnlySpan<byte> json, JsonElement? digest)
    {
        int end = json.LastIndexOf(Encoding.UTF8.GetBytes($"\"{Member.Digest}\""));
        return end > 0 && digest?.GetString() == DigestOf(json[..end].TrimEnd(" \n,"u8));
    }

    private static AttachmentRecord RecordOf(JsonElement record, AttachmentId id)
    {
        NetNamespaceIdentity? identity = IdentityOf(record);
        return new AttachmentRecord
        {
            Attachment = new Attachment
            {
                Id = id,
                Namespace = Find(record, Member.NetNamespace) is { } path
                    ? NamespaceReference.FromPath(TextOf(path)).WithIdentity(identity)
                    : null,
                Addresses = [.. record.GetProperty(Member.Addresses).EnumerateArray().Select(AddressOf)],
                Routes = [.. Texts(record, Member.Routes).Select(AttachmentRoute.Parse)],
                Excluded = [.. Texts(record, Member.Excluded).Select(InetPrefix.Parse)],
                Isolation = Named<EgressIsolation>(record, Member.Isolation),
                MetadataAddresses = [.. Texts(record, Member.MetadataAddresses).Select(InetAddress.Parse)],
                Mtu = record.GetProperty(Member.Mtu).GetUInt16(),
                MacAddress = Mac(Text(record, Member.MacAddress)),
                HostInterface = Text(record, Member.HostInterface),
                HostMacAddress = Mac(Text(record, Member.HostMacAddress)),
                ReadOnlySettings = [.. Texts(record, Member.ReadOnlySettings)],
            },
            Namespace = identity,
            HostIndex = Find(record, Member.HostIndex)?.GetInt32(),
            ContainerIndex = Find(record, Member.ContainerIndex)?.GetInt32(),
            NamespaceNumber = Find(record, Member.NamespaceNumber)?.GetInt32(),
            Former = [.. Texts(record, Member.Former).Select(InetAddress.Parse)],
            FormerGateways = [.. Texts(record, Member.FormerGateways).Select(InetAddress.Parse)],
        };
    }

    private static AttachmentAddress AddressOf(JsonElement address) => new(
        InetPrefix.Parse(Text(address, Member.Address)),
        InetAddress.Parse(Text(address, Member.Gateway)),
        Find(address, Member.Nat) is { } nat
            ? new SourceNat(
                Find(nat, Member.NodeAddress) is { } own ? InetAddress.Parse(TextOf(own)) : default,
                Named<PortRandomization>(nat, Member.Ports))
            : null);

    private static NetNamespaceIdentity? IdentityOf(JsonElement record) =>
        Find(record, Member.NetNamespaceDevice) is { } device && Find(record, Member.NetNamespaceInode) is { } inode
            ? new NetNamespaceIdentity(
                device.GetUInt64(), inode.GetUInt64(), Find(record, Member.NetNamespaceCookie)?.GetUInt64())
            : null;

    private static MacAddress Mac(string text) => MacAddress.TryParse(text, out MacAddress address)
        ? address
        : throw new FormatException($"'{text}' is no MAC address.");

    private static T Named<T>(JsonElement owner, string member) where T : struct, Enum
    {
        if (Find(owner, member) is not { } name)
        {
            return default;
        }

        // A number beyond the names is kept as it is.
        T value = Enum.Parse<T>(TextOf(name));
        return $"{value}" is [not ('-' or (>= '0' and <= '9')), ..]
            ? value
            : throw new FormatException($"'{value}' is no {typeof(T).Name}.");
    }

    private static IEnumerable<string> Texts(JsonElement owner, string member) => Items(owner, member).Select(TextOf);

    private static IEnumerable<JsonElement> Items(JsonElement owner, string member) =>
        Find(owner, member) is { } list ? list.EnumerateArray() : [];

    private static string Text(JsonElement owner, string member) => TextOf(owner.GetProperty(member));

    private static string TextOf(JsonElement text) => text.GetString() ?? throw new FormatException("null is no text.");

    private static JsonElement? Find(JsonElement owner, string member) =>
        owner.TryGetProperty(member, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;
}
