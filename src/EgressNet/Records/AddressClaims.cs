using EgressNet.Attachments;
using EgressNet.Netlink.Files;
using EgressNet.Netlink.Inet;

namespace EgressNet.Records;

/// <summary>The owner of each address: a symbolic link named after the address points to the owner's record. Of two
/// concurrent claims of one address, the file system lets one succeed.</summary>
/// <remarks>An owner's claims are changed under its lock only, by itself or by who finds it gone.</remarks>
internal sealed class AddressClaims(RecordFiles files, string directory)
{
    /// <summary>The attachment that claims an address; null for none.</summary>
    /// <returns>Null for nobody.</returns>
    public AttachmentId? OwnerOf(InetAddress address) => OwnerIn(files.LinkTarget(PathOf(address)));

    /// <summary>The addresses that an attachment claims, for one without a readable record. It reads all claims.</summary>
    public IEnumerable<InetAddress> Of(AttachmentId owner)
    {
        foreach (string name in files.Names(directory))
        {
            if (InetAddress.TryParse(name, out InetAddress address) && OwnerOf(address) == owner)
            {
                yield return address;
            }
        }
    }

    /// <summary>Deletes a file in a claim's place that is not a claim.</summary>
    public void DeleteIfForeign(InetAddress address)
    {
        try
        {
            // Only who holds this lock does so: what was looked at is what is deleted.
            using FileLock? taken = FileLock.TryTakeDirectory(directory, out _);
            if (taken is not null && IsForeign(PathOf(address)))
            {
                files.Delete(PathOf(address));
            }
        }
        catch (IOException refused)
        {
            throw RecordException.OfLock(directory, refused);
        }
    }

    /// <summary>Claims an unclaimed address.</summary>
    /// <returns>False where somebody does.</returns>
    public bool TryAdd(InetAddress address, AttachmentId owner) => files.TryLink(PathOf(address), TargetOf(owner));

    /// <summary>Gives an address to another owner.</summary>
    public void Replace(InetAddress address, AttachmentId owner) => files.Relink(PathOf(address), TargetOf(owner));

    /// <summary>Releases a claim, unless another attachment has claimed the address since.</summary>
    public void Remove(InetAddress address, AttachmentId owner)
    {
        if (OwnerOf(address) == owner)
        {
            files.Delete(PathOf(address));
        }
    }

    public void DeleteIfEmpty() => files.DeleteDirectory(directory);

    private static AttachmentId? OwnerIn(string? target) =>
        target?.Split('/') is [.., string container, string record]
        && record.EndsWith(RecordStore.Suffix, StringComparison.Ordinal)
        && record[..^RecordStore.Suffix.Length].Split('+', 2) is [string network, string name]
            ? AttachmentId.FromOwner($"{network}/{container}/{name}")
            : null;

    private bool IsForeign(string path) =>
        files.LinkTarget(path) is { } target ? OwnerIn(target) is null : files.IsNoLink(path);

    private static string TargetOf(AttachmentId owner) =>
        $"../{owner.ContainerId}/{owner.Network}+{owner.InterfaceName}{RecordStore.Suffix}";

    private string PathOf(InetAddress address) => $"{directory}/{address}";
}
