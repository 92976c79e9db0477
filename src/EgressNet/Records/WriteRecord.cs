using EgressNet.Attachments;
using EgressNet.Changes;

namespace EgressNet.Records;

/// <summary>Writes an attachment's record, or deletes it.</summary>
/// <param name="record">The record; null to delete it.</param>
internal sealed class WriteRecord(RecordStore records, AttachmentId id, AttachmentRecord? record) : Change
{
    private byte[]? _before;
    private bool _isRead;

    public override string Text => record is null ? $"delete record {records.PathOf(id)}" : TextOf(records, id);

    public override string Trace => $"record {records.PathOf(id)}";

    public static string TextOf(RecordStore records, AttachmentId id) => $"write record {records.PathOf(id)}";

    public override void Apply()
    {
        _before = records.ReadRaw(id);
        _isRead = true;
        records.WriteRaw(id, record is null ? null : RecordFormat.Write(record));
    }

    // What could not be read was not written either, and cannot be restored.
    public override bool WasRefused(Exception fault) => !_isRead;

    // Where nothing can be written, nothing was.
    public override void Undo()
    {
        if (!IsAsBefore())
        {
            records.WriteRaw(id, _before);
        }
    }

    private bool IsAsBefore() => records.ReadRaw(id) is { } present
        ? _before is not null && present.AsSpan().SequenceEqual(_before)
        : _before is null;
}
