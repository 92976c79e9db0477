namespace EgressNet.Nat;

/// <summary>The value that an expression loaded from a packet.</summary>
/// <param name="Otherwise">What a demand on it is where it cannot be compared.</param>
/// <param name="Value">Its bytes; null where they are not known.</param>
/// <param name="IsName">Whether it is the name of some interface that is not known.</param>
internal sealed record ForwardLoad(ForwardMatch Otherwise, byte[]? Value = null, bool IsName = false)
{
    private byte[]? _bits, _doubts;

    /// <summary>A value that is not known, so that a rule may match or not.</summary>
    public static ForwardLoad Unknown { get; } = new(ForwardMatch.Unknown);

    /// <summary>A value that differs from packet to packet.</summary>
    public static ForwardLoad Part { get; } = new(ForwardMatch.Part);

    /// <summary>A value that such a packet does not have, so that the rule does not match.</summary>
    public static ForwardLoad Missing { get; } = new(ForwardMatch.None);

    public static ForwardLoad Known(byte[] value) => new(ForwardMatch.Unknown, value);

    /// <summary>Bits of which some are not known.</summary>
    public static ForwardLoad Bits(uint bits, uint doubts) => new(ForwardMatch.Unknown)
    {
        _bits = BitConverter.GetBytes(bits),
        _doubts = BitConverter.GetBytes(doubts),
    };

    /// <summary>The value with a mask and an exclusive or applied.</summary>
    public ForwardLoad Masked(byte[] mask, byte[] flip)
    {
        if ((Value ?? _bits) is not { } bits || bits.Length != mask.Length || bits.Length != flip.Length
            || (_doubts is not null && _doubts.Where((each, at) => (each & mask[at]) != 0).Any()))
        {
            return new ForwardLoad(Otherwise);
        }

        return Known([.. bits.Select((each, at) => (byte)(each & mask[at] ^ flip[at]))]);
    }
}
