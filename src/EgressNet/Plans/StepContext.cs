using EgressNet.Attachments;
using EgressNet.Changes;
using EgressNet.Nat;
using EgressNet.Netlink.Addresses;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Links;
using EgressNet.Netlink.Namespaces;
using EgressNet.Netlink.Routes;
using EgressNet.Netlink.Transport;
using EgressNet.Nodes;
using EgressNet.Records;

namespace EgressNet.Plans;

/// <summary>The state that the steps of one attachment share: connections, and what earlier steps have found or
/// created.</summary>
internal sealed class StepContext(EgressKernel kernel, Attachment attachment, ChangeSet? changes = null)
{
    private readonly Lazy<AttachmentRecord?> _record = new(() => kernel.Records.Read(attachment.Id));

    public EgressKernel Kernel => kernel;

    public Attachment Attachment => attachment;

    public ChangeSet Changes => changes ?? throw new InvalidOperationException("This operation changes nothing.");

    public AttachmentOwnership Ownership { get; } = new(kernel);

    /// <summary>The record before this operation.</summary>
    public AttachmentRecord? OldRecord => _record.Value;

    /// <summary>The ends; null for one that is not there.</summary>
    public Link? HostEnd { get; set; }

    public Link? ContainerEnd { get; set; }

    /// <summary>Whether this operation created the pair, so that undoing its creation undoes all that is set on it.</summary>
    public bool IsOwnPair { get; set; }

    /// <summary>Settings that cannot be written here, and are not required of the attachment.</summary>
    public List<string> ReadOnlySettings { get; } = [.. attachment.ReadOnlySettings];

    /// <summary>Addresses of an earlier attachment of that id, until their claims are released.</summary>
    public IReadOnlyList<InetAddress> Former { get; set; } = [];

    /// <summary>Gateways likewise.</summary>
    public IReadOnlyList<InetAddress> FormerGateways { get; set; } = [];

    /// <summary>The record after this operation.</summary>
    public AttachmentRecord NewRecord => new()
    {
        Attachment = attachment with { ReadOnlySettings = ReadOnlySettings },
        Namespace = kernel.IdentityOf(attachment.Namespace!),
        HostIndex = HostEnd?.Index,
        ContainerIndex = HostEnd?.PeerIndex,
        NamespaceNumber = HostEnd?.PeerNamespaceId,
        Former = Former,
        FormerGateways = FormerGateways,
    };

    /// <summary>Releases what an earlier attachment of that id claimed, and writes the final record.</summary>
    public void Finish()
    {
        string owner = attachment.Id.Owner;
        if (!IsOwnPair && (Former.Count > 0 || FormerGateways.Count > 0))
        {
            TakeFormer(EgressSide.Host);
            TakeFormer(EgressSide.Container);
        }

        if (Former.Count > 0)
        {
            Changes.Do(new RemoveNat(() => kernel.Netfilter, Changes.Report, owner, Former));
        }

        foreach (InetAddress address in Former)
        {
            Changes.Do(new ReleaseAddress(kernel.Records, address, attachment.Id));
        }

        foreach (InetAddress gateway in FormerGateways)
        {
            Changes.Do(new ReleaseGateway(kernel.Records, gateway, attachment.Id));
        }

        (Former, FormerGateways) = ([], []);
        UpdateRecord();
    }

    /// <summary>Writes what is known now to the record.</summary>
    public void UpdateRecord()
    {
        AttachmentRecord wanted = NewRecord;
        if (kernel.Records.ReadRaw(attachment.Id) is not { } present
            || !RecordFormat.Write(wanted).AsSpan().SequenceEqual(present))
        {
            Changes.Do(new WriteRecord(kernel.Records, attachment.Id, wanted));
        }
    }

    // What a pair that stays has of it.
    private void TakeFormer(EgressSide side)
    {
        if (EndOf(side) is not { } end)
        {
            return;
        }

        InetPrefix[] former = [.. Former.Concat(FormerGateways).Select(InetPrefix.Host)];
        Route[] routes =
        [
            .. ConnectionOf(side).Routes.List(new RouteFilter { InterfaceIndex = end.Index, Table = RouteTable.Main })
                .Where(route => former.Contains(route.Destination) || FormerGateways.Contains(route.Gateway)),
        ];
        foreach (Route route in routes)
        {
            Changes.Do(new DeleteRoute(() => ConnectionOf(side), route));
        }

        // A new address of the container in the same prefix would go with the old one.
        InterfaceAddress[] addresses = side == EgressSide.Container ? [] :
        [
            .. kernel.Host.Addresses.List(interfaceIndex: end.Index).Where(address => former.Contains(address.Local)),
        ];
        foreach (InterfaceAddress address in addresses)
        {
            Changes.Do(new DeleteAddress(() => kernel.Host, address, $"dev {end.Name}"));
        }
    }

    public NamespaceReference ContainerNamespace => kernel.Hold(attachment.Namespace!);

    public NetlinkConnection ConnectionOf(EgressSide side) =>
        side == EgressSide.Host ? kernel.Host : kernel.Container(attachment.Namespace!);

    public NamespaceReference NamespaceOf(EgressSide side) => side == EgressSide.Host ? kernel.Node : ContainerNamespace;

    public Link? EndOf(EgressSide side) => side == EgressSide.Host ? HostEnd : ContainerEnd;

    public int IndexOf(EgressSide side) => EndOf(side)?.Index
        ?? throw new InvalidOperationException($"There is no {side} end yet.");
}
