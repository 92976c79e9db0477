using EgressNet.Attachments;
using EgressNet.Changes;
using EgressNet.Netlink.Inet;

namespace EgressNet.Records;

/// <summary>Releases an attachment's claim of a gateway.</summary>
/// <param name="owner">Whose it was.</param>
internal sealed class ReleaseGateway(RecordStore records, InetAddress gateway, AttachmentId owner) : Change
{
    public override string Text => $"release gateway {gateway} of {owner}";

    public override string Trace => $"missing claim of gateway {gateway}";

    public override void Apply() => records.Gateways.Remove(gateway, owner);

    public override void Undo() => records.Gateways.Add(gateway, owner);
}
