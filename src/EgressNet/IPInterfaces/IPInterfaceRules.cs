using EgressNet.Netlink.Inet;
using EgressNet.Netlink.IPInterfaces;

namespace EgressNet.IPInterfaces;

/// <summary>What cannot be set, and what the kernel would do in silence beside it.</summary>
internal static class IPInterfaceRules
{
    /// <param name="meant">The families of one interface that are meant.</param>
    /// <param name="all">All families that the interface has.</param>
    /// <param name="change">What is to be set.</param>
    /// <exception cref="ArgumentException">The change cannot be made; nothing was changed.</exception>
    public static void ThrowIfInvalid(
        IReadOnlyList<IPInterface> meant, IReadOnlyList<IPInterface> all, IPInterfaceChange change)
    {
        bool isOfLink = meant.Any(row => row.Family == AddressFamily.IPv4);
        string name = meant[0].Name;
        foreach (IPInterfaceSetting setting in IPInterfaceSetting.All.Where(each => each.Wanted(change) is not null))
        {
            IPInterfaceSetting[] alike = [.. IPInterfaceSetting.All.Where(each => each.Parameter == setting.Parameter)];
            bool isThere = (isOfLink && setting.Parameter == "NlMtu")
                || alike.Any(each => meant.Any(row => row.Family == each.Family && each.Present(row) is not null));
            if (!isThere)
            {
                throw new ArgumentException(
                    $"{setting.Parameter} is a setting of {setting.Family}: {string.Join(", ", meant)} has none.");
            }
        }

        if (change.Mtu is not { } mtu)
        {
            return;
        }

        bool hasIPv6 = all.Any(row => row.Family == AddressFamily.IPv6);
        uint linkMtu = all.FirstOrDefault(row => row.Family == AddressFamily.IPv4)?.Mtu ?? uint.MaxValue;
        string? fault = mtu switch
        {
            < IPInterface.MinIPv6Mtu when hasIPv6 =>
                $"NlMtu {mtu} is less than the {IPInterface.MinIPv6Mtu} that IPv6 needs, and {name} would lose its IPv6.",
            _ when !isOfLink && mtu > linkMtu => $"NlMtu {mtu} is more than the {linkMtu} of {name} itself.",
            _ => null,
        };
        if (fault is not null)
        {
            throw new ArgumentException(fault);
        }
    }
}
