using EgressNet.Attachments;
using EgressNet.Changes;
using EgressNet.Netlink.Inet;
using EgressNet.Records;

namespace EgressNet.Nodes;

/// <summary>Claims an address for an attachment. It is unclaimed, or claimed by an attachment that is not live.</summary>
/// <param name="ownership">Tells who is there.</param>
internal sealed class ClaimAddress(
    RecordStore records, AttachmentOwnership ownership, InetAddress address, AttachmentId owner) : Change
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromMilliseconds(250), s_pause = TimeSpan.FromMilliseconds(1);
    private readonly AddressClaims _claims = records.Claims;
    private AttachmentId? _before;

    public override string Text => TextOf(address, owner);

    public override string Trace => $"claim of {address}";

    public static string TextOf(InetAddress address, AttachmentId owner) => $"claim {address} for {owner}";

    public override void Apply()
    {
        long deadline = Environment.TickCount64 + (long)s_timeout.TotalMilliseconds;
        while (!_claims.TryAdd(address, owner))
        {
            _before = _claims.OwnerOf(address);
            if (_before == owner || (_before is not null && TryTakeOver(_before)))
            {
                return;
            }

            // An operation of the other owner may be one that gives the address up.
            if (_before is { } other && (ownership.FindHostEnd(other) is not null || Environment.TickCount64 >= deadline))
            {
                throw AttachmentOwnership.InUse(address, other);
            }

            if (_before is null)
            {
                _claims.DeleteIfForeign(address);
            }

            Thread.Sleep(s_pause);
        }

        _before = null;
    }

    public override void Undo()
    {
        if (_before is null)
        {
            _claims.Remove(address, owner);
        }
        else if (_before != owner && _claims.OwnerOf(address) == owner)
        {
            _claims.Replace(address, _before);
        }
    }

    // Whoever holds the lock of an owner that is gone is the only one to change its claims.
    private bool TryTakeOver(AttachmentId other)
    {
        using AttachmentLock? taken = records.TryLock(other);
        if (taken is null || ownership.FindHostEnd(other) is not null || _claims.OwnerOf(address) != other)
        {
            return false;
        }

        _claims.Replace(address, owner);
        return true;
    }
}
