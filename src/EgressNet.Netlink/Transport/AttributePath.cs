using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Wire;
using static EgressNet.Netlink.Wire.NetlinkAlignment;

namespace EgressNet.Netlink.Transport;

/// <summary>Translates an offset in a request into the names of the attributes that enclose it.</summary>
internal static class AttributePath
{
    /// <returns>Such as <c>RTA_METRICS/RTAX_MTU</c>; null for an offset that is not in the request.</returns>
    public static string? At(ReadOnlySpan<byte> request, uint offset)
    {
        if (request.Length < MessageHeaderLength || offset >= request.Length)
        {
            return null;
        }

        RequestLayout layout = RequestLayout.Of(request);
        int start = MessageHeaderLength + Align(layout.HeaderLength);
        return offset < start ? "header" : Walk(request, request[start..], layout.Names, offset, out _);
    }

    /// <returns>The name of an attribute that is not there, in the nest at an offset; 0 for the outermost.</returns>
    public static string Of(ReadOnlySpan<byte> request, uint nest, ushort type)
    {
        if (request.Length < MessageHeaderLength)
        {
            return AttributeNames.None.Of(type);
        }

        RequestLayout layout = RequestLayout.Of(request);
        int start = MessageHeaderLength + Align(layout.HeaderLength);
        AttributeNames names = layout.Names;
        string? path = nest >= start && nest < request.Length
            ? Walk(request, request[start..], layout.Names, nest, out names)
            : null;
        return path is null ? names.Of(type) : $"{path}/{names.Of(type)}";
    }

    private static string? Walk(
        ReadOnlySpan<byte> request,
        ReadOnlySpan<byte> attributes,
        AttributeNames names,
        uint offset,
        out AttributeNames innermost)
    {
        innermost = names;
        foreach (NetlinkAttribute attribute in new AttributeReader(attributes))
        {
            int at = (int)Unsafe.ByteOffset(
                in MemoryMarshal.GetReference(request), in MemoryMarshal.GetReference(attribute.Whole));
            if (offset < at || offset >= at + Align(attribute.Whole.Length))
            {
                continue;
            }

            string name = names.Of(attribute.Type);
            if (names.Inside(attribute.Type) is not { } inside)
            {
                innermost = AttributeNames.None;
                return name;
            }

            innermost = inside;
            return offset >= at + AttributeHeaderLength
                && Walk(request, attribute.Payload, inside, offset, out innermost) is { } path ? $"{name}/{path}" : name;
        }

        return null;
    }
}
