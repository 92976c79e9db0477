using System.Security.Cryptography;
using EgressNet.Journal;
using EgressNet.Netlink.Links;
using EgressNet.Netlink.Namespaces;
using EgressNet.Netlink.Transport;
using EgressNet.Plans;
using EgressNet.Veths;

namespace EgressNet.Attachments;

/// <summary>Makes the pair of an attachment, and notes the way back.</summary>
internal sealed class PairWriter(EgressKernel kernel, UndoJournal journal, Func<int>? drawIndex = null)
{
    private const int EBUSY = 16, ENODEV = 19, EOPNOTSUPP = 95;
    private const int LeastIndex = 1_000, IndexAttempts = 100;

    /// <summary>Makes the pair.</summary>
    /// <param name="request">Both ends.</param>
    /// <param name="usualName">The name that the host's end has unless another is chosen.</param>
    /// <returns>The host's end.</returns>
    public Link Create(VethRequest request, string usualName)
    {
        using NetNamespaceHandle ns = kernel.Hold(request.Namespace).Open();
        VethEnd container = new()
        {
            Name = request.Name,
            Namespace = ns,
            Mtu = request.Mtu,
            MacAddress = request.MacAddress,
            QueueCount = VethRequest.QueueCount,
        };
        VethEnd host = new()
        {
            Name = request.HostName!,
            Mtu = request.Mtu,
            MacAddress = request.HostMacAddress,
            QueueCount = VethRequest.QueueCount,
        };
        Link? made = null;
        journal.Do(
            $"veth pair {host.Name}",
            () => made = CreateNumbered(host, container),
            () => kernel.Host.Links.Delete((made ?? FindOwn(host)).Index));
        made ??= kernel.Host.Links.Get(host.Name);
        if (host.Name != usualName)
        {
            NameAlso(made, usualName);
        }

        return made;
    }

    // The kernel finds an interface's routes by its index alone, whatever its namespace: were every container's end
    // number 2, each change of one would be a walk through the routes of all. IPv6 multicast routing takes 16 bits.
    // Two ends with one number are no pair to it: it then lets up to a second pass before it tells that they are up,
    // and IPv6 waits for that.
    private Link? CreateNumbered(VethEnd host, VethEnd container)
    {
        for (int attempt = 0; attempt < IndexAttempts; attempt++)
        {
            int index = drawIndex?.Invoke() ?? RandomNumberGenerator.GetInt32(LeastIndex, ushort.MaxValue + 1);
            try
            {
                return kernel.Host.Links.CreateVeth(
                    host with { Index = index }, container with { Index = index ^ 1 });
            }
            catch (NetlinkException taken) when (taken.Errno == EBUSY || (taken.IsAlreadyThere && IsTaken(index)))
            {
            }
        }

        return kernel.Host.Links.CreateVeth(host, container);
    }

    // To the kernel a link of that number is the link to be made, there already.
    private bool IsTaken(int index)
    {
        try
        {
            kernel.Host.Links.Get(index);
            return true;
        }
        catch (NetlinkException free) when (free.IsAbsent)
        {
            return false;
        }
    }

    // A second attachment of that id is noticed by the name, whichever was chosen for the first.
    private void NameAlso(Link made, string usualName)
    {
        try
        {
            kernel.Host.Links.AddAlternativeName(made.Index, usualName);
        }
        catch (NetlinkException old) when (old.Errno == EOPNOTSUPP)
        {
        }
    }

    // Somebody else may have taken the name first.
    private Link FindOwn(VethEnd wanted)
    {
        Link present = kernel.Host.Links.Get(wanted.Name);
        return present.MacAddress == wanted.MacAddress
            ? present
            : throw new NetlinkException($"find link {wanted.Name}", ENODEV);
    }
}
