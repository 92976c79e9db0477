namespace EgressNet.Netlink.Tests.Hostile;

/// <summary>Something that reads what a kernel sent.</summary>
/// <param name="Name">What it reads.</param>
/// <param name="Seeds">Messages as they should be, or nearly.</param>
/// <param name="Read">Reads one datagram, and looks at what came of it.</param>
/// <param name="MaxBytes">What it may allocate besides what it may for each byte.</param>
internal sealed record HostileReader(string Name, byte[][] Seeds, Action<byte[]> Read, int MaxBytes = 32 * 1024)
{
    public override string ToString() => Name;
}
