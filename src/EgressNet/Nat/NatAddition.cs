namespace EgressNet.Nat;

/// <summary>Entries that were added, with what undoing that takes.</summary>
/// <param name="Added">The entries added.</param>
/// <param name="Replaced">Entries that were there before in their place.</param>
/// <param name="CreatedTable">Whether the table was made for them.</param>
internal sealed record NatAddition(
    IReadOnlyList<NatEntry> Added, IReadOnlyList<NatEntry> Replaced, bool CreatedTable)
{
    internal static NatAddition None { get; } = new([], [], CreatedTable: false);

    /// <summary>The elements that were replaced, since an entry may have been incomplete.</summary>
    internal IReadOnlyList<NatHolding> Existing { get; init; } = [];
}
