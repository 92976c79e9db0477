using System.Text;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Netfilter;

namespace EgressNet.Nat;

/// <summary>The nf_tables table that serves all attachments of a node: its chains, sets and maps. An attachment is
/// elements of these.</summary>
internal static class EgressTable
{
    // Before a destination is translated, so that the address meant is seen (mangle to nft).
    private const int BeforeDestinationNat = -150;
    private const string Mark = "made by EgressNet";

    /// <summary>The table, with a comment that marks it as EgressNet's. nft keeps comments when it saves and restores.</summary>
    public static readonly NfTable Table = new()
    {
        Name = "egressnet",
        UserData = NfUserData.Empty.WithComment(Mark),
    };

    public static readonly NfChain PostRouting = Base("postrouting", "nat", NfHook.PostRouting, NfChain.SourceNatPriority);

    /// <summary>The chain that packets leaving the node pass after every translation.</summary>
    public static readonly NfChain Leaving =
        Base("leaving", "filter", NfHook.PostRouting, NfChain.SourceNatPriority + 10);

    public static readonly NfChain PreRouting = Base("prerouting", "filter", NfHook.PreRouting, BeforeDestinationNat);

    public static readonly NfChain Forward = Base("forward", "filter", NfHook.Forward, 0);

    public static IReadOnlyList<AddressFamily> Families { get; } = [AddressFamily.IPv4, AddressFamily.IPv6];

    public static IReadOnlyList<NfChain> Chains { get; } = [PostRouting, Leaving, PreRouting, Forward];

    /// <summary>Whether a table is EgressNet's, by its comment.</summary>
    public static bool IsOurs(NfTable table) => table.UserData?.Comment == Mark;

    /// <summary>The sets and maps.</summary>
    /// <param name="hasExclusions">Whether somebody excludes something, which takes Linux 5.6.</param>
    public static IEnumerable<NfSet> Sets(bool hasExclusions) =>
        [.. Sets(AddressFamily.IPv4, hasExclusions), .. Sets(AddressFamily.IPv6, hasExclusions)];

    /// <summary>A map of every address of a container to the digest of its owner, so that the kernel itself verifies the
    /// owner within a transaction.</summary>
    public static NfSet Containers(AddressFamily family) =>
        NfSet.AddressMap(Table, $"container{Suffix(family)}", family) with
        {
            DataType = NfDataType.IPv6Address,
            DataLength = 16,
        };

    /// <summary>The set of all translated addresses, which must not leave the node untranslated.</summary>
    public static NfSet Hidden(AddressFamily family) => NfSet.OfAddresses(Table, $"hidden{Suffix(family)}", family);

    /// <summary>The value that <see cref="Containers"/> holds for an address.</summary>
    public static NfValue DigestOf(string owner) =>
        NfValue.FromBytes(Sha256.HashData(Encoding.UTF8.GetBytes(owner)).AsSpan(0, 16));

    /// <summary>The set of pairs of a container's address and a destination to which it is not translated.</summary>
    public static NfSet Exclusions(AddressFamily family) =>
        NfSet.AddressPairs(Table, $"exclude{Suffix(family)}", family);

    /// <summary>The set of pairs of an attachment's own link group and a further metadata address that is blocked for
    /// it.</summary>
    public static NfSet KeptFrom(AddressFamily family) =>
        NfSet.GroupAddressPairs(Table, $"metadata{Suffix(family)}", family);

    /// <summary>The map or set for addresses with such a translation.</summary>
    public static NfSet Translated(AddressFamily family, SourceNat nat)
    {
        string ports = nat.Ports switch
        {
            PortRandomization.Random => "-random",
            PortRandomization.FullyRandom => "-fully-random",
            _ => "",
        };
        return nat.IsMasquerade
            ? NfSet.OfAddresses(Table, $"masquerade{Suffix(family)}{ports}", family)
            : NfSet.AddressMap(Table, $"snat{Suffix(family)}{ports}", family);
    }

    /// <summary>All maps and sets of translated addresses.</summary>
    public static IEnumerable<NfSet> Translations(AddressFamily family) =>
        Kinds(family).Select(nat => Translated(family, nat));

    /// <summary>One translation of each kind.</summary>
    public static IEnumerable<SourceNat> Kinds(AddressFamily family)
    {
        foreach (PortRandomization ports in Enum.GetValues<PortRandomization>())
        {
            yield return new SourceNat(InetAddress.Unspecified(family), ports);
            yield return new SourceNat(default, ports);
        }
    }

    /// <summary>The translation that an element of <see cref="Translated"/> stands for.</summary>
    public static SourceNat TranslationOf(NfSet set, NfElement element)
    {
        PortRandomization ports = set.Name switch
        {
            _ when set.Name.EndsWith("-fully-random", StringComparison.Ordinal) => PortRandomization.FullyRandom,
            _ when set.Name.EndsWith("-random", StringComparison.Ordinal) => PortRandomization.Random,
            _ => PortRandomization.None,
        };
        return new SourceNat(set.IsMap ? element.Value.Address : default, ports);
    }

    private static IEnumerable<NfSet> Sets(AddressFamily family, bool hasExclusions) =>
    [
        Containers(family), Hidden(family), KeptFrom(family), .. Translations(family),
        .. hasExclusions ? [Exclusions(family)] : (NfSet[])[],
    ];

    private static NfChain Base(string name, string type, NfHook hook, int priority) => new()
    {
        Table = Table.Name,
        Name = name,
        Type = type,
        Hook = hook,
        Priority = priority,
        Policy = NfPolicy.Accept,
    };

    private static char Suffix(AddressFamily family) => family == AddressFamily.IPv4 ? '4' : '6';
}
