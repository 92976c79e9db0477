using EgressNet.Attachments;
using EgressNet.Changes;
using EgressNet.Netlink.Inet;

namespace EgressNet.Records;

/// <summary>An attachment claims an address as its gateway, which others may do too.</summary>
/// <param name="records">The node's records.</param>
/// <param name="gateway">The gateway.</param>
/// <param name="owner">Whose it is to be.</param>
internal sealed class ClaimGateway(RecordStore records, InetAddress gateway, AttachmentId owner) : Change
{
    public override string Text => $"claim gateway {gateway} for {owner}";

    public override string Trace => $"claim of gateway {gateway}";

    public override void Apply() => records.Gateways.Add(gateway, owner);

    public override void Undo() => records.Gateways.Remove(gateway, owner);
}
