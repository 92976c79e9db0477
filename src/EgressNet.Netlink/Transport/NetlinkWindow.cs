namespace EgressNet.Netlink.Transport;

/// <summary>Where each message of one datagram stands, found again by its sequence number.</summary>
internal sealed class NetlinkWindow
{
    private (uint Sequence, int Start, int Length, NetlinkOperation Operation)[] _messages =
        new (uint, int, int, NetlinkOperation)[128];

    public int Count { get; private set; }

    public int LastStart => _messages[Count - 1].Start;

    public void Add(uint sequence, int start, int length, NetlinkOperation operation)
    {
        if (Count == _messages.Length)
        {
            Array.Resize(ref _messages, 2 * Count);
        }

        _messages[Count++] = (sequence, start, length, operation);
    }

    public void Clear() => Count = 0;

    /// <returns>The message's place, or -1 for a sequence number of somebody else.</returns>
    public int IndexOf(uint sequence)
    {
        if (Count == 0)
        {
            return -1;
        }

        // Numbers run on by one, except over a wrap or a request made between two additions.
        uint guess = sequence - _messages[0].Sequence;
        if (guess < (uint)Count && _messages[guess].Sequence == sequence)
        {
            return (int)guess;
        }

        for (int i = 0; i < Count; i++)
        {
            if (_messages[i].Sequence == sequence)
            {
                return i;
            }
        }

        return -1;
    }

    public NetlinkOperation OperationOf(int index) => _messages[index].Operation;

    public ReadOnlySpan<byte> MessageOf(int index, ReadOnlySpan<byte> datagram) =>
        datagram.Slice(_messages[index].Start, _messages[index].Length);
}
