using EgressNet.Addresses;
using EgressNet.Bases;
using EgressNet.Errors;
using EgressNet.Netlink.Addresses;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Transport;
using EgressNet.Sessions;

namespace EgressNet.Batches;

/// <summary>Deletes the addresses of the pipeline. A primary one with secondaries is deleted last, when it is known which of
/// those were refused.</summary>
internal sealed class AddressRemover(EgressCommandBase command, NamespaceSession session, bool passThru)
    : GatheringBase(session)
{
    private readonly Queue<NetIPAddress> _primaries = [];
    private readonly HashSet<(int, InetPrefix, InetAddress)> _kept = [];
    private readonly List<(NetIPAddress Primary, InterfaceAddress Address)> _deletedToo = [];
    private readonly SecondaryAddresses _secondaries = new(session.Conversation, session.Here);

    /// <summary>The secondary addresses that the kernel would delete too, for a prompt.</summary>
    public string SecondariesOf(NetIPAddress address) =>
        TextOf(_secondaries.Of(address.Address, address.InterfaceAlias, isCurrent: command.AsksForEach));

    /// <summary>Throws for what does not exist.</summary>
    public void Foresee(NetIPAddress address)
    {
        if (!Session.Connection.Addresses.List(address.Address.Family, address.InterfaceIndex)
            .Any(found => KeyOf(found) == KeyOf(address.Address)))
        {
            throw new ErrorRecordException(
                $"Address {address.Address.Local} dev {address.InterfaceAlias} no longer exists."
                    .ToNotFoundError(ErrorId.AddressNotFound, address));
        }
    }

    public void Keep(NetIPAddress address) => _kept.Add(KeyOf(address.Address));

    public void Remove(NetIPAddress address)
    {
        if (SecondariesOf(address).Length == 0)
        {
            Delete(address);
        }
        else
        {
            _primaries.Enqueue(address);
        }
    }

    public override void Flush()
    {
        while (_primaries.TryDequeue(out NetIPAddress? address))
        {
            try
            {
                DeletePrimary(address);
            }
            catch (Exception fault) when (command.ToError(fault, address) is not null)
            {
                command.WriteFault(fault, address, HasEnded);
            }
        }

        while (_deletedToo is [(NetIPAddress primary, _), ..])
        {
            InterfaceAddress[] secondaries =
                [.. _deletedToo.Where(each => each.Primary == primary).Select(each => each.Address)];
            _deletedToo.RemoveAll(each => each.Primary == primary);
            WarnOf(primary, secondaries);
        }
    }

    private static (int, InetPrefix, InetAddress) KeyOf(InterfaceAddress address) =>
        (address.InterfaceIndex, address.Local, address.Peer);

    private static string TextOf(IEnumerable<InterfaceAddress> addresses) =>
        string.Join(", ", addresses.Select(address => address.Local));

    private void DeletePrimary(NetIPAddress address)
    {
        using NetlinkConnection.CancellationHold hold = Session.Connection.HoldCancellation();
        IReadOnlyList<InterfaceAddress> secondaries =
            _secondaries.Of(address.Address, address.InterfaceAlias, isCurrent: true);
        InterfaceAddress[] kept = [.. secondaries.Where(each => _kept.Contains(KeyOf(each)))];
        if (kept.Length > 0)
        {
            throw new ErrorRecordException(
                ($"{address.Address.Local} stays: the kernel would remove {TextOf(kept)} with it, which is to stay. "
                    + $"Set net.ipv4.conf.{address.InterfaceAlias}.promote_secondaries to 1 to keep the one without the other.")
                .ToError(ErrorId.AddressHasSecondaries, ErrorCategory.InvalidOperation, address));
        }

        Session.Connection.Addresses.Delete(address.Address);
        Report(address);
        if (secondaries.Count > 0)
        {
            WarnOf(address, secondaries);
        }
    }

    private void WarnOf(NetIPAddress address, IEnumerable<InterfaceAddress> secondaries)
    {
        string text = $"With {address.Address.Local} the kernel removed its secondary addresses {TextOf(secondaries)}.";
        if (HasEnded)
        {
            command.WriteFault(
                new ErrorRecordException(
                    text.ToError(ErrorId.AddressHasSecondaries, ErrorCategory.OperationStopped, address)),
                address,
                hasEnded: true);
        }
        else
        {
            command.WriteWarning(text);
        }
    }

    // Others may have added secondary addresses since they were read. What goes with the primary may be on the way too.
    private void Delete(NetIPAddress address)
    {
        (int, InetPrefix, InetAddress) key = KeyOf(address.Address);
        try
        {
            using NetlinkConnection.CancellationHold hold = Session.Connection.HoldCancellation();
            _deletedToo.AddRange(Session.Connection.Addresses.DeleteAndRead(address.Address)
                .Where(gone => KeyOf(gone) != key)
                .Select(gone => (address, gone)));
        }
        catch (NetlinkException gone)
            when (gone.IsAbsent && _deletedToo.RemoveAll(each => KeyOf(each.Address) == key) > 0)
        {
        }

        Report(address);
    }

    private void Report(NetIPAddress address)
    {
        if (HasEnded)
        {
            return;
        }

        command.WriteVerbose($"delete address {address.Address.Local} dev {address.InterfaceAlias}");
        if (passThru)
        {
            command.WriteObject(address);
        }
    }
}
