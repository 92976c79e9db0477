using System.Management.Automation;
using EgressNet.Addresses;
using EgressNet.Errors;
using EgressNet.Netlink.Addresses;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Transport;
using NamespaceReference = EgressNet.Netlink.Namespaces.NetNamespace;

namespace EgressNet.Abstractions;

/// <summary>Deletes the addresses of the pipeline. One that others go with is deleted last, when it is known what was
/// said about the others.</summary>
internal sealed class AddressRemover(NamespaceCommand command, NamespaceSession session, bool passThru)
    : Gathering(command, session)
{
    private readonly Queue<NetIPAddress> _primaries = [];
    private readonly HashSet<(int, InetPrefix, InetAddress)> _kept = [];
    private readonly SecondaryAddresses _secondaries =
        new(session.Conversation, session.Reference ?? NamespaceReference.Current);

    /// <summary>The addresses that the kernel would take along, as a prompt names them.</summary>
    public string Along(NetIPAddress address) => TextOf(_secondaries.Of(address.Address, address.InterfaceAlias));

    public void Keep(NetIPAddress address) => _kept.Add(KeyOf(address.Address));

    public void Remove(NetIPAddress address)
    {
        if (Along(address).Length == 0)
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
            catch (Exception fault) when (Command.ToError(fault, address) is not null)
            {
                Command.WriteFault(fault, address, HasEnded);
            }
        }
    }

    private static (int, InetPrefix, InetAddress) KeyOf(InterfaceAddress address) =>
        (address.InterfaceIndex, address.Local, address.Peer);

    private static string TextOf(IEnumerable<InterfaceAddress> addresses) =>
        string.Join(", ", addresses.Select(address => address.Local));

    private void DeletePrimary(NetIPAddress address)
    {
        using NetlinkConnection.CancellationHold hold = Session.Connection.HoldCancellation();
        IReadOnlyList<InterfaceAddress> along =
            _secondaries.Of(address.Address, address.InterfaceAlias, isCurrent: true);
        InterfaceAddress[] kept = [.. along.Where(each => _kept.Contains(KeyOf(each)))];
        if (kept.Length > 0)
        {
            throw new ErrorRecordException(
                ($"{address.Address.Local} stays: the kernel would remove {TextOf(kept)} with it, which is to stay. "
                    + $"Set net.ipv4.conf.{address.InterfaceAlias}.promote_secondaries to 1 to keep the one without the other.")
                .ToError(ErrorId.AddressHasSecondaries, ErrorCategory.InvalidOperation, address));
        }

        Delete(address);
        if (along.Count > 0)
        {
            Warn($"With {address.Address.Local} the kernel removed its secondary addresses {TextOf(along)}.", address);
        }
    }

    private void Warn(string text, NetIPAddress address)
    {
        if (HasEnded)
        {
            Command.WriteFault(
                new ErrorRecordException(
                    text.ToError(ErrorId.AddressHasSecondaries, ErrorCategory.OperationStopped, address)),
                address,
                hasEnded: true);
        }
        else
        {
            Command.WriteWarning(text);
        }
    }

    private void Delete(NetIPAddress address)
    {
        using (Session.Connection.HoldCancellation())
        {
            Session.Connection.Addresses.Delete(address.Address);
        }

        if (HasEnded)
        {
            return;
        }

        Command.WriteVerbose($"delete address {address.Address.Local} dev {address.InterfaceAlias}");
        if (passThru)
        {
            Command.WriteObject(address);
        }
    }
}
