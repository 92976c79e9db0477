using EgressNet.Netlink.Netfilter;

namespace EgressNet.Nat;

/// <summary>Compares the table with its desired state. Objects that another program added are faults as well: a chain in it
/// could drop everything.</summary>
internal sealed class EgressTableInspection
{
    private readonly List<string> _faults = [];

    public EgressTableInspection(NfTablesOperations tables)
    {
        if (tables.Find(EgressTable.Table) is not { } table)
        {
            return;
        }

        if (!EgressTable.IsOurs(table))
        {
            State = NatTableState.Foreign;
            return;
        }

        IsDormant = table.IsDormant;
        Compare("flags", table.IsDormant, "dormant");
        Chains = tables.ListChains(EgressTable.Table);
        foreach (NfChain chain in EgressTable.Chains)
        {
            Inspect(chain, Chains.FirstOrDefault(each => each.Name == chain.Name));
        }

        NfSet[] sets = [.. tables.ListSets(EgressTable.Table)];
        HasExclusions = EgressTable.Families.Any(
            family => sets.Any(set => set.Name == EgressTable.Exclusions(family).Name));
        foreach (NfSet set in EgressTable.Sets(HasExclusions))
        {
            Inspect(set, sets.FirstOrDefault(each => each.Name == set.Name));
        }

        InspectRules(tables);
        InspectOthers(sets);
        State = _faults.Count == 0 ? NatTableState.Intact : NatTableState.Damaged;
    }

    public NatTableState State { get; } = NatTableState.Absent;

    /// <summary>The faults, such as <c>chain forward: policy drop</c>.</summary>
    public IReadOnlyList<string> Faults => _faults;

    /// <summary>Whether the sets of exclusions exist, so that their rules must exist too.</summary>
    public bool HasExclusions { get; }

    public bool IsDormant { get; }

    /// <summary>All chains of the table, correct or not.</summary>
    public IReadOnlyList<NfChain> Chains { get; } = [];

    /// <summary>Chains and sets that another program added.</summary>
    public IReadOnlyList<string> Others { get; private set; } = [];

    /// <summary>Sets that differ from EgressNet's definition.</summary>
    public List<NfSet> OtherSets { get; } = [];

    private void Inspect(NfChain wanted, NfChain? chain)
    {
        if (chain is null)
        {
            _faults.Add($"chain {wanted.Name}: missing");
            return;
        }

        string name = $"chain {wanted.Name}";
        Compare(name, chain.Type != wanted.Type, $"type {chain.Type ?? "none"}");
        Compare(name, chain.Hook != wanted.Hook, $"hook {chain.Hook?.ToString() ?? "none"}");
        Compare(name, chain.Priority != wanted.Priority, $"priority {chain.Priority}");
        Compare(name, chain.Policy != wanted.Policy, $"policy {chain.Policy?.ToString() ?? "none"}");
    }

    private void Inspect(NfSet wanted, NfSet? present)
    {
        if (present is null)
        {
            _faults.Add($"set {wanted.Name}: missing");
        }
        else if (!KindOf(present).Equals(KindOf(wanted)))
        {
            _faults.Add($"set {wanted.Name}: of another kind");
            OtherSets.Add(present);
        }
    }

    private void InspectRules(NfTablesOperations tables)
    {
        ILookup<string, NfRule> present = tables.ListRules(EgressTable.Table).ToLookup(rule => rule.Chain);
        ILookup<string, NfRule> wanted = EgressRules.All(HasExclusions).ToLookup(rule => rule.Chain);
        foreach (NfChain chain in Chains.Where(IsOurs))
        {
            bool isSame = present[chain.Name].Select(rule => rule.Expressions).SequenceEqual(
                wanted[chain.Name].Select(rule => rule.Expressions), new ExpressionsComparer());
            Compare($"chain {chain.Name}", !isSame, "other rules");
        }
    }

    private void InspectOthers(NfSet[] sets)
    {
        // The sets of rules go with these.
        NfSet[] others =
        [
            .. sets.Where(set => !set.Flags.HasFlag(NfSetFlags.Anonymous))
                .ExceptBy(EgressTable.Sets(true).Select(set => set.Name), set => set.Name),
        ];
        Others =
        [
            .. Chains.Where(chain => !IsOurs(chain)).Select(chain => $"chain {chain.Name}"),
            .. others.Select(set => $"set {set.Name}"),
        ];
        _faults.AddRange(Others.Select(other => $"{other}: somebody else's"));
        OtherSets.AddRange(others);
    }

    private void Compare(string part, bool isWrong, string actual)
    {
        if (isWrong)
        {
            _faults.Add($"{part}: {actual}");
        }
    }

    private static bool IsOurs(NfChain chain) => EgressTable.Chains.Any(ours => ours.Name == chain.Name);

    private static object KindOf(NfSet set) => (
        set.Flags, set.KeyType, set.KeyLength, set.DataType, set.DataLength, set.Description, set.Timeout);

    private sealed class ExpressionsComparer : EqualityComparer<IReadOnlyList<NfExpression>>
    {
        public override bool Equals(IReadOnlyList<NfExpression>? x, IReadOnlyList<NfExpression>? y) =>
            x!.SequenceEqual(y!);

        public override int GetHashCode(IReadOnlyList<NfExpression> obj) => obj.Count;
    }
}
