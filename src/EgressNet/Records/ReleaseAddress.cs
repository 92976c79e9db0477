using EgressNet.Attachments;
using EgressNet.Changes;
using EgressNet.Netlink.Inet;

namespace EgressNet.Records;

/// <summary>Releases an attachment's claim of an address.</summary>
/// <param name="owner">Whose it was.</param>
internal sealed class ReleaseAddress(RecordStore records, InetAddress address, AttachmentId owner) : Change
{
    public override string Text => $"release {address} of {owner}";

    public override string Trace => $"missing claim of {address}";

    public override void Apply() => records.Claims.Remove(address, owner);

    public override void Undo() => records.Claims.TryAdd(address, owner);
}
