using System.Text.Json;
using System.Text.Json.Serialization;
using EgressNet.Attachments;
using EgressNet.Nat;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Namespaces;

namespace EgressNet.Records;

/// <summary>Records as JSON.</summary>
internal static class RecordFormat
{
    private const int Version = 1;

    public static byte[] Write(AttachmentRecord record) => JsonSerializer.SerializeToUtf8Bytes(
        FileOf(record), RecordJson.Default.RecordFile);

    /// <summary>Whether a record says of an attachment what is said of it here, wherever its namespace is found.</summary>
    public static bool Declares(AttachmentRecord record, Attachment attachment) =>
        Write(new AttachmentRecord { Attachment = record.Attachment with { Namespace = null } }).AsSpan().SequenceEqual(
            Write(new AttachmentRecord { Attachment = attachment with { Namespace = null } }));

    /// <summary>Reads a record.</summary>
    /// <returns>Null for a damaged one, one of a later version, and one of another attachment.</returns>
    public static AttachmentRecord? Read(ReadOnlySpan<byte> json, AttachmentId id)
    {
        try
        {
            return JsonSerializer.Deserialize(json, RecordJson.Default.RecordFile) is { Version: Version } file
                && file.Owner == id.Owner
                    ? RecordOf(file, id)
                    : null;
        }
        catch (Exception damaged) when (damaged is JsonException or FormatException or ArgumentException)
        {
            return null;
        }
    }

    private static RecordFile FileOf(AttachmentRecord record)
    {
        Attachment attachment = record.Attachment;
        return new RecordFile
        {
            Version = Version,
            Owner = attachment.Id.Owner,
            NetNamespace = attachment.Namespace?.Path,
            NetNamespaceDevice = record.Namespace?.Device,
            NetNamespaceInode = record.Namespace?.Inode,
            NetNamespaceCookie = record.Namespace?.Cookie,
            Addresses =
            [
                .. attachment.Addresses.Select(each => new RecordAddress(
                    $"{each.Address}",
                    $"{each.Gateway}",
                    each.Nat is { } nat
                        ? new RecordNat(nat.IsMasquerade ? null : $"{nat.NodeAddress}", nat.Ports)
                        : null)),
            ],
            Routes = [.. attachment.Routes.Select(each => $"{each}")],
            Excluded = [.. attachment.Excluded.Select(each => $"{each}")],
            Isolation = attachment.Isolation,
            MetadataAddresses = [.. attachment.MetadataAddresses.Select(each => $"{each}")],
            Mtu = attachment.Mtu,
            MacAddress = $"{attachment.MacAddress}",
            HostInterface = attachment.HostInterface,
            HostIndex = record.HostIndex,
            HostMacAddress = $"{attachment.HostMacAddress}",
            ReadOnlySettings = [.. attachment.ReadOnlySettings],
            Former = [.. record.Former.Select(each => $"{each}")],
        };
    }

    private static AttachmentRecord RecordOf(RecordFile file, AttachmentId id) => new()
    {
        Attachment = new Attachment
        {
            Id = id,
            Namespace = file.NetNamespace is null
                ? null
                : NetNamespace.FromPath(file.NetNamespace).WithIdentity(IdentityOf(file)),
            Addresses =
            [
                .. file.Addresses.Select(each => new AttachmentAddress(
                    InetPrefix.Parse(each.Address),
                    InetAddress.Parse(each.Gateway),
                    each.Nat is null ? null : new SourceNat(
                        each.Nat.NodeAddress is null ? default : InetAddress.Parse(each.Nat.NodeAddress), each.Nat.Ports))),
            ],
            Routes = [.. file.Routes.Select(AttachmentRoute.Parse)],
            Excluded = [.. file.Excluded.Select(InetPrefix.Parse)],
            Isolation = file.Isolation,
            MetadataAddresses = [.. file.MetadataAddresses.Select(InetAddress.Parse)],
            Mtu = file.Mtu,
            MacAddress = Mac(file.MacAddress),
            HostInterface = file.HostInterface,
            HostMacAddress = Mac(file.HostMacAddress),
            ReadOnlySettings = file.ReadOnlySettings,
        },
        Namespace = IdentityOf(file),
        HostIndex = file.HostIndex,
        Former = [.. file.Former.Select(InetAddress.Parse)],
    };

    private static NetNamespaceIdentity? IdentityOf(RecordFile file) =>
        file is { NetNamespaceDevice: { } device, NetNamespaceInode: { } inode }
            ? new NetNamespaceIdentity(device, inode, file.NetNamespaceCookie)
            : null;

    private static MacAddress Mac(string text) => MacAddress.TryParse(text, out MacAddress address)
        ? address
        : throw new FormatException($"'{text}' is no MAC address.");
}

/// <summary>The members of a record's JSON.</summary>
internal sealed record RecordFile
{
    public required int Version { get; init; }

    public required string Owner { get; init; }

    public string? NetNamespace { get; init; }

    public ulong? NetNamespaceDevice { get; init; }

    public ulong? NetNamespaceInode { get; init; }

    public ulong? NetNamespaceCookie { get; init; }

    public required RecordAddress[] Addresses { get; init; }

    public string[] Routes { get; init; } = [];

    public string[] Excluded { get; init; } = [];

    public EgressIsolation Isolation { get; init; }

    public string[] MetadataAddresses { get; init; } = [];

    public required ushort Mtu { get; init; }

    public required string MacAddress { get; init; }

    public required string HostInterface { get; init; }

    public int? HostIndex { get; init; }

    public required string HostMacAddress { get; init; }

    public string[] ReadOnlySettings { get; init; } = [];

    public string[] Former { get; init; } = [];
}

internal sealed record RecordAddress(string Address, string Gateway, RecordNat? Nat);

internal sealed record RecordNat(string? NodeAddress, PortRandomization Ports);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    WriteIndented = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RecordFile))]
internal sealed partial class RecordJson : JsonSerializerContext;
