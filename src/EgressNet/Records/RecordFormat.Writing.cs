using EgressNet.Attachments;

namespace EgressNet.Records;

internal static partial class RecordFormat
{
    public static byte[] Write(AttachmentRecord record)
    {
        JsonText json = new();
        json.Begin('{');
        json.Add(Member.Version, Version);
        json.Add(Member.Owner, record.Attachment.Id.Owner);
        WriteNamespace(json, record);
        WriteAttachment(json, record.Attachment);
        json.Add(Member.HostIndex, record.HostIndex);
        json.Add(Member.ContainerIndex, record.ContainerIndex);
        json.Add(Member.NamespaceNumber, record.NamespaceNumber);
        json.Add(Member.Former, record.Former);
        json.Add(Member.FormerGateways, record.FormerGateways);
        json.Add(Member.Digest, DigestOf(json.ToBytes()));
        json.End('}');
        return json.ToBytes();
    }

    private static void WriteNamespace(JsonText json, AttachmentRecord record)
    {
        if (record.Attachment.Namespace is { } ns)
        {
            json.Add(Member.NetNamespace, ns.Path);
        }

        if (record.Namespace is { } identity)
        {
            json.Add(Member.NetNamespaceDevice, identity.Device);
            json.Add(Member.NetNamespaceInode, identity.Inode);
            if (identity.Cookie is { } cookie)
            {
                json.Add(Member.NetNamespaceCookie, cookie);
            }
        }
    }

    private static void WriteAttachment(JsonText json, Attachment attachment)
    {
        json.Begin('[', Member.Addresses);
        foreach (AttachmentAddress address in attachment.Addresses)
        {
            WriteAddress(json, address);
        }

        json.End(']');
        json.Add(Member.Routes, attachment.Routes);
        json.Add(Member.Excluded, attachment.Excluded);
        json.Add(Member.Isolation, attachment.Isolation.ToString());
        json.Add(Member.MetadataAddresses, attachment.MetadataAddresses);
        json.Add(Member.Mtu, attachment.Mtu);
        json.Add(Member.MacAddress, $"{attachment.MacAddress}");
        json.Add(Member.HostInterface, attachment.HostInterface);
        json.Add(Member.HostMacAddress, $"{attachment.HostMacAddress}");
        json.Add(Member.ReadOnlySettings, attachment.ReadOnlySettings);
    }

    private static void WriteAddress(JsonText json, AttachmentAddress address)
    {
        json.Begin('{');
        json.Add(Member.Address, $"{address.Address}");
        json.Add(Member.Gateway, $"{address.Gateway}");
        if (address.Nat is { } nat)
        {
            json.Begin('{', Member.Nat);
            if (!nat.IsMasquerade)
            {
                json.Add(Member.NodeAddress, $"{nat.NodeAddress}");
            }

            json.Add(Member.Ports, nat.Ports.ToString());
            json.End('}');
        }

        json.End('}');
    }
}
