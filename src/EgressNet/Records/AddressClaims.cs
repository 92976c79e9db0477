using EgressNet.Attachments;
using EgressNet.Netlink.Files;
using EgressNet.Netlink.Inet;

namespace EgressNet.Records;

/// <summary>Whose each address is: a symbolic link named after it leads to its owner's record. The file system lets one
/// of two who make the same link succeed.</summary>
/// <remarks>An owner's claims are changed under its lock only, by itself or by who finds it gone.</remarks>
internal sealed class AddressClaims(RecordFiles files, string directory)
{
    /// <summary>Who claims an address.</summary>
    /// <returns>Null for nobody.</returns>
    public AttachmentId? OwnerOf(InetAddress address) => OwnerIn(files.LinkTarget(PathOf(address)));

    /// <summary>The addresses of an owner of whom there is no record that tells them. It looks at all.</summary>
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

    /// <summary>Deletes what is in a claim's place and is none.</summary>
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

    /// <summary>Claims an address that nobody claims.</summary>
    /// <returns>False where somebody does.</returns>
    public bool TryAdd(InetAddress address, AttachmentId owner) => files.TryLink(PathOf(address), TargetOf(owner));

    /// <summary>Gives an address to another owner.</summary>
    public void Replace(InetAddress address, AttachmentId owner) => files.Relink(PathOf(address), TargetOf(owner));

    /// <summary>Gives an address up, unless it is another's by now.</summary>
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
