using System.Globalization;
using EgressNet.Netlink.Addresses;

namespace EgressNet;

/// <summary>The lifetimes of addresses: text for ConvertTo-Json, which makes an object of parts of a time span, and time
/// spans for PowerShell, which compares and sorts them.</summary>
public static class AddressLifetime
{
    internal const string Forever = nameof(Forever);

    /// <summary>Reads the valid lifetime; named in EgressNet.Types.ps1xml.</summary>
    /// <returns>The time span; <see cref="TimeSpan.MaxValue"/> for ever.</returns>
    public static TimeSpan ValidOf(PSObject address) => Of(address, each => each.ValidSeconds);

    /// <summary>Reads the preferred lifetime likewise.</summary>
    /// <returns>The time span; <see cref="TimeSpan.MaxValue"/> for ever.</returns>
    public static TimeSpan PreferredOf(PSObject address) => Of(address, each => each.PreferredSeconds);

    internal static string TextOf(uint seconds) =>
        seconds == InterfaceAddress.Forever ? Forever : TimeSpan.FromSeconds(seconds).ToString();

    internal static uint SecondsOf(TimeSpan lifetime) =>
        lifetime == TimeSpan.MaxValue ? InterfaceAddress.Forever : (uint)lifetime.TotalSeconds;

    internal static uint Parse(string text) => text == Forever
        || TimeSpan.Parse(text, CultureInfo.InvariantCulture) is var span && span == TimeSpan.MaxValue
            ? InterfaceAddress.Forever
            : (uint)TimeSpan.Parse(text, CultureInfo.InvariantCulture).TotalSeconds;

    private static TimeSpan Of(PSObject address, Func<InterfaceAddress, uint> seconds) =>
        seconds(((NetIPAddress)address.BaseObject).Address) is var given && given == InterfaceAddress.Forever
            ? TimeSpan.MaxValue
            : TimeSpan.FromSeconds(given);
}
