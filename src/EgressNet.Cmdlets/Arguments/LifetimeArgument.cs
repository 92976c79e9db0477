using EgressNet.Errors;
using EgressNet.Netlink.Addresses;

namespace EgressNet.Arguments;

/// <summary>The lifetimes of an address, as three parameters give them: an address that is no source is one that is preferred
/// for no time.</summary>
internal static class LifetimeArgument
{
    /// <param name="address">The address as it is, or would be without them.</param>
    /// <param name="valid">How long it is valid; null for as it is.</param>
    /// <param name="preferred">How long it is preferred; null for as it is, as far as it is valid.</param>
    /// <param name="skipsAsSource">Whether it is no source; null for as it is.</param>
    /// <param name="target">What an error points at.</param>
    public static InterfaceAddress Join(
        InterfaceAddress address, TimeSpan? valid, TimeSpan? preferred, bool? skipsAsSource, object target)
    {
        uint validSeconds = valid is { } given ? AddressLifetime.SecondsOf(given) : address.ValidSeconds;
        uint preferredSeconds = preferred is { } wanted ? AddressLifetime.SecondsOf(wanted)
            : skipsAsSource == true ? 0
            : skipsAsSource == false && address.PreferredSeconds == 0 ? validSeconds
            : Math.Min(address.PreferredSeconds, validSeconds);
        string? fault = preferredSeconds switch
        {
            _ when validSeconds == 0 => $"ValidLifetime '{valid}' is no time at all.",
            _ when preferredSeconds > validSeconds =>
                $"PreferredLifetime '{preferred}' is longer than the address is valid, {AddressLifetime.TextOf(validSeconds)}.",
            _ when preferred is not null && skipsAsSource is { } skips && skips != (preferredSeconds == 0) =>
                $"SkipAsSource '{skips}' contradicts PreferredLifetime '{preferred}': no source is preferred for 00:00:00.",
            _ => null,
        };
        return fault is null
            ? address with { ValidSeconds = validSeconds, PreferredSeconds = preferredSeconds }
            : throw new ErrorRecordException(
                fault.ToError(ErrorId.InvalidArgument, ErrorCategory.InvalidArgument, target));
    }
}
