using EgressNet.Attachments;
using EgressNet.Nat;

namespace EgressNet.Records;

/// <summary>Records as JSON. Member by member: the serializer would cost a session's first record 340 methods to
/// compile.</summary>
internal static partial class RecordFormat
{
    private const int Version = 1;

    /// <summary>Whether a record declares the same attachment, apart from the path of its namespace.</summary>
    public static bool Declares(AttachmentRecord record, Attachment attachment) =>
        Write(new AttachmentRecord { Attachment = record.Attachment with { Namespace = null } }).AsSpan().SequenceEqual(
            Write(new AttachmentRecord { Attachment = attachment with { Namespace = null } }));

    // Of all that stands before it.
    private static string DigestOf(ReadOnlySpan<byte> body) => Convert.ToHexStringLower(Sha256.HashData(body).AsSpan(0, 8));

    /// <summary>The names of a record's members.</summary>
    private static class Member
    {
        public const string Version = "version";
        public const string Owner = "owner";
        public const string NetNamespace = "netNamespace";
        public const string NetNamespaceDevice = "netNamespaceDevice";
        public const string NetNamespaceInode = "netNamespaceInode";
        public const string NetNamespaceCookie = "netNamespaceCookie";
        public const string Addresses = "addresses";
        public const string Address = "address";
        public const string Gateway = "gateway";
        public const string Nat = "nat";
        public const string NodeAddress = "nodeAddress";
        public const string Ports = "ports";
        public const string Routes = "routes";
        public const string Excluded = "excluded";
        public const string Isolation = "isolation";
        public const string MetadataAddresses = "metadataAddresses";
        public const string Mtu = "mtu";
        public const string MacAddress = "macAddress";
        public const string HostInterface = "hostInterface";
        public const string HostIndex = "hostIndex";
        public const string ContainerIndex = "containerIndex";
        public const string NamespaceNumber = "netNamespaceNumber";
        public const string HostMacAddress = "hostMacAddress";
        public const string ReadOnlySettings = "readOnlySettings";
        public const string Former = "former";
        public const string Digest = "digest";
        public const string FormerGateways = "formerGateways";
    }
}
