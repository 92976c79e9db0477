using System.Collections;

namespace EgressNet.Netlink.Wire;

/// <summary>Attributes that no property models, kept byte for byte so that a record read can be written again.</summary>
public sealed class RawAttributes : IEquatable<RawAttributes>, IEnumerable<(int Type, ReadOnlyMemory<byte> Payload)>
{
    private readonly byte[] _bytes;

    internal RawAttributes(byte[] bytes) => _bytes = bytes;

    internal static RawAttributes Of(AttributeReader attributes)
    {
        RawAttributesBuilder raw = default;
        foreach (NetlinkAttribute attribute in attributes)
        {
            raw.Add(attribute);
        }

        return raw.Build() ?? new RawAttributes([]);
    }

    /// <summary>The attributes as sent, headers and padding included.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <inheritdoc/>
    public bool Equals(RawAttributes? other) => other is not null && Bytes.SequenceEqual(other.Bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as RawAttributes);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = default;
        hash.AddBytes(_bytes);
        return hash.ToHashCode();
    }

    /// <summary>Each attribute's type, without flag bits, and payload.</summary>
    /// <returns>The attributes in the order received.</returns>
    public IEnumerator<(int Type, ReadOnlyMemory<byte> Payload)> GetEnumerator()
    {
        List<(int, ReadOnlyMemory<byte>)> attributes = [];
        int position = 0;
        foreach (NetlinkAttribute attribute in new AttributeReader(_bytes))
        {
            int start = position + NetlinkAlignment.AttributeHeaderLength;
            attributes.Add((attribute.Type, _bytes.AsMemory(start, attribute.Payload.Length)));
            position += NetlinkAlignment.Align(attribute.Whole.Length);
        }

        return attributes.GetEnumerator();
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
