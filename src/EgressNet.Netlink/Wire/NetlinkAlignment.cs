using System.Runtime.CompilerServices;

namespace EgressNet.Netlink.Wire;

internal static class NetlinkAlignment
{
    public const int MessageHeaderLength = 16;
    public const int AttributeHeaderLength = 4;

    /// <summary>Where a window of messages may end and one message more of any legal size still fits.</summary>
    public const int MaxMessageLength = 68 * 1024;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Align(int length) => (length + 3) & ~3;
}
