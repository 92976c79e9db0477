namespace EgressNet.Arguments;

/// <summary>The modes of the kinds of interfaces, by the words of <c>ip link</c> (linux/if_link.h, linux/if_bonding.h).</summary>
internal static class AdapterMode
{
    private static readonly (string Word, uint Number)[] s_macvlan =
        [("private", 1), ("vepa", 2), ("bridge", 4), ("passthru", 8), ("source", 16)];

    private static readonly (string Word, uint Number)[] s_bond =
    [
        ("balance-rr", 0), ("active-backup", 1), ("balance-xor", 2), ("broadcast", 3), ("802.3ad", 4), ("balance-tlb", 5),
        ("balance-alb", 6),
    ];

    /// <summary>The modes of a kind; none for a kind without.</summary>
    public static (string Word, uint Number)[] Of(AdapterKind kind) => kind switch
    {
        AdapterKind.Macvlan or AdapterKind.Macvtap => s_macvlan,
        AdapterKind.Ipvlan => [("l2", 0), ("l3", 1), ("l3s", 2)],
        AdapterKind.Netkit => [("l2", 0), ("l3", 1)],
        AdapterKind.Bond => s_bond,
        _ => [],
    };

    /// <returns>The kernel's number; null for no word, and for one that the kind does not have.</returns>
    public static uint? Find(AdapterKind kind, string? word)
    {
        foreach ((string known, uint number) in Of(kind))
        {
            if (known.Equals(word, StringComparison.OrdinalIgnoreCase))
            {
                return number;
            }
        }

        return null;
    }
}
