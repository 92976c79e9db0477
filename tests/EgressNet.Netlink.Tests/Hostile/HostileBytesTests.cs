using Xunit;

namespace EgressNet.Netlink.Tests.Hostile;

/// <summary>A run takes some cases of each reader, with a seed drawn anew; with a number in <c>EGRESSNET_HOSTILE</c> that
/// many of all readers together.</summary>
public sealed class HostileBytesTests
{
    private const int CasesOfARun = 2_000;

    private static readonly HostileReader[] s_readers =
        [.. RouteReaders.All, .. NfReaders.All, .. ConntrackReaders.All];

    public static TheoryData<string> Readers => [.. s_readers.Select(reader => reader.Name)];

    [Theory, MemberData(nameof(Readers))]
    public void Every_reader_survives_hostile_bytes_and_bounds_its_memory(string name)
    {
        HostileReader reader = s_readers.Single(each => each.Name == name);
        int cases = int.TryParse(Environment.GetEnvironmentVariable("EGRESSNET_HOSTILE"), out int all)
            ? (all + s_readers.Length - 1) / s_readers.Length
            : CasesOfARun;
        HostileRun.Run(reader, cases, seed: 1);
        HostileRun.Run(reader, cases / 4, Random.Shared.Next());
    }
}
