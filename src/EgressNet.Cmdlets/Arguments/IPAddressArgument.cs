using EgressNet.Errors;
using EgressNet.Netlink.Inet;
using EgressNet.PointToPoint;
using EgressNet.Transformations;

namespace EgressNet.Arguments;

/// <summary>Combines an address and a prefix length from two parameters.</summary>
internal static class IPAddressArgument
{
    public static InetPrefix Join(IPAddressText address, byte? prefixLength)
    {
        byte? length = address.PrefixLength ?? prefixLength;
        string? fault = length switch
        {
            null => $"PrefixLength is missing: give it, or write IPAddress as '{address}/24'.",
            _ when prefixLength is { } other && other != length =>
                $"PrefixLength {other} contradicts IPAddress '{address}'.",
            _ when length > address.Address.BitLength =>
                $"PrefixLength {length} is not within 0 to {address.Address.BitLength} for IPAddress '{address}'.",
            _ => null,
        };
        if (fault is not null)
        {
            throw new ErrorRecordException(
                fault.ToError(ErrorId.InvalidPrefixLength, ErrorCategory.InvalidArgument, address));
        }

        return address.Address is { IsMulticast: true } or { IsUnspecified: true }
            ? throw new ErrorRecordException($"IPAddress '{address}' is not the address of a host."
                .ToError(ErrorId.InvalidArgument, ErrorCategory.InvalidArgument, address))
            : new InetPrefix(address.Address, length!.Value);
    }

    public static void RequireGateway(InetPrefix local, InetAddress? gateway, string parameter)
    {
        if (gateway is { } given && PointToPointPlan.Validate(local, given) is { } fault)
        {
            throw new ErrorRecordException($"{parameter} '{given}' cannot be the gateway of {local}. {fault}"
                .ToError(ErrorId.InvalidGateway, ErrorCategory.InvalidArgument, given));
        }
    }

    // The kernel drops what it has no use for with IPv6, and says nothing.
    public static void RequireIPv4(InetPrefix local, object? given, string parameter)
    {
        if (given is not null && (local.Family != AddressFamily.IPv4 || given is InetAddress { Family: not AddressFamily.IPv4 }))
        {
            throw new ErrorRecordException(
                $"{parameter} '{given}' cannot be that of {local}: only IPv4 has one."
                    .ToError(ErrorId.InvalidArgument, ErrorCategory.InvalidArgument, given));
        }
    }
}
