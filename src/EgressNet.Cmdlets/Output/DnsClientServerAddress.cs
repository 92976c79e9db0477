namespace EgressNet;

/// <summary>The name servers of one family that programs on a namespace's interfaces ask.</summary>
public sealed class DnsClientServerAddress : Comparable<DnsClientServerAddress>
{
    internal DnsClientServerAddress(string addressFamily, IEnumerable<string> servers)
    {
        AddressFamily = addressFamily;
        ServerAddresses = new TextList<string>(servers);
    }

    /// <summary>The family of the servers' addresses.</summary>
    public string AddressFamily { get; }

    /// <summary>The servers, in the order in which they are asked.</summary>
    public TextList<string> ServerAddresses { get; }

    private protected override IEnumerable<object?> Compared => [];

    /// <summary>The servers.</summary>
    /// <returns>Such as <c>10.0.0.53, 10.0.0.54</c>.</returns>
    public override string ToString() => ServerAddresses.ToString();

    private protected override int CompareKey(DnsClientServerAddress other) =>
        string.CompareOrdinal($"{AddressFamily} {this}", $"{other.AddressFamily} {other}");
}
