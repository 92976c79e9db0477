namespace EgressNet.Nat;

/// <summary>Flags in the element of a container's address, which save lookups in sets that have nothing for it.</summary>
[Flags]
internal enum NatTraits : byte
{
    None = 0,

    /// <summary>It is part of an attachment.</summary>
    Attachment = 1,

    /// <summary>There are destinations to which it is not translated.</summary>
    Exclusions = 2,

    /// <summary>There are further metadata addresses.</summary>
    Metadata = 4,
}

internal static class NatTraitsExtensions
{
    public static NatTraits Of(NatEntry entry) =>
        (entry.IsOfAttachment ? NatTraits.Attachment : 0)
        | (entry.Excluded.Count > 0 ? NatTraits.Exclusions : 0)
        | (entry.Metadata.Count > 0 ? NatTraits.Metadata : 0);
}
