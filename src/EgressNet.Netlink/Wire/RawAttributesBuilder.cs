namespace EgressNet.Netlink.Wire;

/// <summary>Gathers the attributes of one message that its reader does not model.</summary>
internal struct RawAttributesBuilder
{
    private byte[]? _bytes;
    private int _length;

    public void Add(NetlinkAttribute attribute)
    {
        int end = _length + NetlinkAlignment.Align(attribute.Whole.Length);
        if (_bytes is null || end > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(end, 2 * _length));
        }

        attribute.Whole.CopyTo(_bytes.AsSpan(_length));
        _length = end;
    }

    public readonly RawAttributes? Build() => _bytes is null ? null : new RawAttributes(_bytes[.._length]);
}
