using EgressNet.Netlink.Netfilter;

namespace EgressNet.Nat;

/// <summary>Compares the table with how it should be. Chains and sets that somebody else put into it are theirs.
/// </summary>
internal sealed class EgressTableInspection
{
    private readonly NfTablesOperations _tables;
    private readonly List<string> _faults = [];

    public EgressTableInspection(NfTablesOperations tables)
    {
        _tables = tables;
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
        foreach (NfChain chain in EgressTable.Chains)
        {
            Inspect(chain);
        }

        NfSet[] sets = [.. tables.ListSets(EgressTable.Table)];
        HasExclusions = EgressTable.Families.All(
            family => sets.Any(set => set.Name == EgressTable.Exclusions(family).Name));
        foreach (NfSet set in EgressTable.Sets(HasExclusions))
        {
            Inspect(set, sets.FirstOrDefault(each => each.Name == set.Name));
        }

        InspectRules();
        State = _faults.Count == 0 ? NatTableState.Intact : NatTableState.Damaged;
    }

    public NatTableState State { get; } = NatTableState.Absent;

    /// <summary>What is wrong, such as <c>chain forward: policy drop</c>.</summary>
    public IReadOnlyList<string> Faults => _faults;

    /// <summary>Whether there are the sets of exclusions, and so have to be the rules for them.</summary>
    public bool HasExclusions { get; }

    public bool IsDormant { get; }

    /// <summary>Our chains that are there, whatever they are like.</summary>
    public List<NfChain> Chains { get; } = [];

    /// <summary>Sets of our names that are something else.</summary>
    public List<NfSet> OtherSets { get; } = [];

    private void Inspect(NfChain wanted)
    {
        if (_tables.Find(wanted) is not { } chain)
        {
            _faults.Add($"chain {wanted.Name}: missing");
            return;
        }

        Chains.Add(chain);
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

    private void InspectRules()
    {
        ILookup<string, NfRule> present = _tables.ListRules(EgressTable.Table).ToLookup(rule => rule.Chain);
        ILookup<string, NfRule> wanted = EgressRules.All(HasExclusions).ToLookup(rule => rule.Chain);
        foreach (NfChain chain in Chains)
        {
            bool isSame = present[chain.Name].Select(rule => rule.Expressions).SequenceEqual(
                wanted[chain.Name].Select(rule => rule.Expressions), new ExpressionsComparer());
            Compare($"chain {chain.Name}", !isSame, "other rules");
        }
    }

    private void Compare(string part, bool isWrong, string actual)
    {
        if (isWrong)
        {
            _faults.Add($"{part}: {actual}");
        }
    }

    private static object KindOf(NfSet set) => (
        set.Flags, set.KeyType, set.KeyLength, set.DataType, set.DataLength, set.FieldLengths, set.Timeout, set.Size);

    private sealed class ExpressionsComparer : EqualityComparer<IReadOnlyList<NfExpression>>
    {
        public override bool Equals(IReadOnlyList<NfExpression>? x, IReadOnlyList<NfExpression>? y) =>
            x!.SequenceEqual(y!);

        public override int GetHashCode(IReadOnlyList<NfExpression> obj) => obj.Count;
    }
}
