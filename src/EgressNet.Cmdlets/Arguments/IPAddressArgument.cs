using EgressNet.Errors;
using EgressNet.Netlink.Inet;
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
}
