using EgressNet.Changes;
using EgressNet.Nat;
using EgressNet.Netlink.Links;
using EgressNet.Netlink.Namespaces;
using EgressNet.Netlink.Transport;
using static EgressNet.Netlink.Errno;

namespace EgressNet.Veths;

/// <summary>Creates a veth pair, the container's end in its namespace.</summary>
/// <param name="connect">A connection in the host's namespace.</param>
/// <param name="ns">The container's namespace.</param>
/// <param name="request">Both ends, with the name of the host's.</param>
/// <param name="isUp">Whether the host's end is born up.</param>
/// <param name="drawIndex">Draws an index for the host's end; null for by chance.</param>
internal sealed class AddVeth(
    Func<NetlinkConnection> connect,
    NetNamespaceHandle ns,
    VethRequest request,
    bool isUp = false,
    Func<int>? drawIndex = null) : Change
{
    private const int MinIndex = 1_000, IndexAttempts = 100;

    // An address that we drew tells our pair from another that has taken its name.
    private readonly VethEnd _host = new()
    {
        Name = request.HostName!,
        Mtu = request.Mtu,
        MacAddress = request.HostMacAddress ?? Netlink.Inet.MacAddress.Draw(),
        Group = request.HostGroup,
        QueueCount = VethRequest.QueueCount,
    };

    private readonly VethEnd _container = new()
    {
        Name = request.Name,
        Namespace = ns,
        Mtu = request.Mtu,
        MacAddress = request.MacAddress ?? Netlink.Inet.MacAddress.Draw(),
        QueueCount = VethRequest.QueueCount,
    };

    private Link? _made;

    /// <summary>The host's end, once created.</summary>
    public Link Made => _made ??= connect().Links.Get(_host.Name);

    public override string Text => $"add veth {_host.Name}, peer {_container.Name} in {request.Namespace}"
        + (request.Mtu is { } mtu ? $", mtu {mtu}" : "");

    public override string Trace => $"veth pair {_host.Name}";

    public override void Apply() => _made = Create();

    public override void Undo()
    {
        Link? present = _made is null ? connect().Links.Find(_host.Name) : connect().Links.Get(_made.Index);
        if (present?.MacAddress == _host.MacAddress)
        {
            connect().Links.Delete(present!.Index);
        }
    }

    // The kernel finds an interface's routes by its index alone, whatever its namespace: were every container's end
    // number 2, each change of one would be a walk through the routes of all. IPv6 multicast routing takes 16 bits.
    // Two ends with one number are no pair to it: it then lets up to a second pass before it tells that they are up,
    // and IPv6 waits for that.
    private Link? Create()
    {
        for (int attempt = 0; attempt < IndexAttempts; attempt++)
        {
            int index = drawIndex?.Invoke() ?? Random.Shared.Next(MinIndex, ushort.MaxValue + 1);
            uint? group = _host.Group is { } meant ? EgressGroup.Placed(meant, index) : null;
            if (group is { } own && own != _host.Group && !EgressGroup.IsOfOne(own))
            {
                continue;
            }

            try
            {
                return connect().Links.CreateVeth(
                    _host with { Index = index, Group = group }, _container with { Index = index ^ 1 }, isUp);
            }
            catch (NetlinkException taken) when (taken.Errno == EBUSY || (taken.IsAlreadyThere && IsTaken(index)))
            {
            }
        }

        return connect().Links.CreateVeth(_host, _container, isUp);
    }

    // To the kernel a link of that number is the link to be made, there already.
    private bool IsTaken(int index)
    {
        try
        {
            connect().Links.Get(index);
            return true;
        }
        catch (NetlinkException free) when (free.IsAbsent)
        {
            return false;
        }
    }
}
