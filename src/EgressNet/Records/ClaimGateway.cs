using EgressNet.Attachments;
using EgressNet.Changes;
using EgressNet.Netlink.Inet;

namespace EgressNet.Records;

/// <summary>Claims an address as an attachment's gateway. Several attachments may claim the same one.</summary>
internal sealed class ClaimGateway(RecordStore records, InetAddress gateway, AttachmentId owner) : Change
{
    public override string Text => $"claim gateway {gateway} for {owner}";

    public override string Trace => $"claim of gateway {gateway}";

    public override void Apply() => records.Gateways.Add(gateway, owner);

    public override void Undo() => records.Gateways.Remove(gateway, owner);
}
