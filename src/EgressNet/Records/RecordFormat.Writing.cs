using System.Text.Json;
using EgressNet.Attachments;

namespace EgressNet.Records;

internal static partial class RecordFormat
{
    public static byte[] Write(AttachmentRecord record)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteNumber(Member.Version, Version);
            json.WriteString(Member.Owner, record.Attachment.Id.Owner);
            WriteNamespace(json, record);
            WriteAttachment(json, record.Attachment);
            WriteNumber(json, Member.HostIndex, record.HostIndex);
            WriteNumber(json, Member.ContainerIndex, record.ContainerIndex);
            WriteNumber(json, Member.NamespaceNumber, record.NamespaceNumber);

            WriteTexts(json, Member.Former, record.Former);
            WriteTexts(json, Member.FormerGateways, record.FormerGateways);
            json.Flush();
            json.WriteString(Member.Digest, DigestOf(stream.GetBuffer().AsSpan(0, (int)stream.Length)));
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    private static void WriteNamespace(Utf8JsonWriter json, AttachmentRecord record)
    {
        if (record.Attachment.Namespace is { } ns)
        {
            json.WriteString(Member.NetNamespace, ns.Path);
        }

        if (record.Namespace is { } identity)
        {
            json.WriteNumber(Member.NetNamespaceDevice, identity.Device);
            json.WriteNumber(Member.NetNamespaceInode, identity.Inode);
            if (identity.Cookie is { } cookie)
            {
                json.WriteNumber(Member.NetNamespaceCookie, cookie);
            }
        }
    }

    private static void WriteAttachment(Utf8JsonWriter json, Attachment attachment)
    {
        json.WriteStartArray(Member.Addresses);
        foreach (AttachmentAddress address in attachment.Addresses)
        {
            WriteAddress(json, address);
        }

        json.WriteEndArray();
        WriteTexts(json, Member.Routes, attachment.Routes);
        WriteTexts(json, Member.Excluded, attachment.Excluded);
        json.WriteString(Member.Isolation, attachment.Isolation.ToString());
        WriteTexts(json, Member.MetadataAddresses, attachment.MetadataAddresses);
        json.WriteNumber(Member.Mtu, attachment.Mtu);
        json.WriteString(Member.MacAddress, $"{attachment.MacAddress}");
        json.WriteString(Member.HostInterface, attachment.HostInterface);
        json.WriteString(Member.HostMacAddress, $"{attachment.HostMacAddress}");
        WriteTexts(json, Member.ReadOnlySettings, attachment.ReadOnlySettings);
    }

    private static void WriteAddress(Utf8JsonWriter json, AttachmentAddress address)
    {
        json.WriteStartObject();
        json.WriteString(Member.Address, $"{address.Address}");
        json.WriteString(Member.Gateway, $"{address.Gateway}");
        if (address.Nat is { } nat)
        {
            json.WriteStartObject(Member.Nat);
            if (!nat.IsMasquerade)
            {
                json.WriteString(Member.NodeAddress, $"{nat.NodeAddress}");
            }

            json.WriteString(Member.Ports, nat.Ports.ToString());
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteNumber(Utf8JsonWriter json, string member, int? number)
    {
        if (number is { } known)
        {
            json.WriteNumber(member, known);
        }
    }

    private static void WriteTexts<T>(Utf8JsonWriter json, string member, IEnumerable<T> items) where T : notnull
    {
        json.WriteStartArray(member);
        foreach (T item in items)
        {
            json.WriteStringValue(item.ToString());
        }

        json.WriteEndArray();
    }
}
