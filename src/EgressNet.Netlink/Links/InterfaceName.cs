using System.Text;
using EgressNet.Netlink.Interop;

namespace EgressNet.Netlink.Links;

/// <summary>The kernel's rules for interface names (dev_valid_name in net/core/dev.c).</summary>
internal static class InterfaceName
{
    /// <summary>The longest name in bytes of UTF-8.</summary>
    public const int MaxBytes = LinkConstants.IFNAMSIZ - 1;

    /// <summary>Validates a name for a new interface.</summary>
    /// <returns>A sentence, or null for a good name. <c>%</c> is refused, since the kernel reads it as a template.</returns>
    public static string? Validate(string name) => name switch
    {
        "" => "It is empty.",
        "." or ".." => "The kernel keeps '.' and '..' for directories.",
        "all" or "default" => "The kernel keeps 'all' and 'default' for settings (net.ipv4.conf).",
        _ when Encoding.UTF8.GetByteCount(name) is > MaxBytes and int bytes =>
            $"It has {bytes} bytes and the kernel allows {MaxBytes}.",
        _ when name.Contains('\0') => "It contains a NUL.",
        _ when name.AsSpan().IndexOfAny("/:") is >= 0 and int at => $"It contains '{name[at]}'.",
        _ when name.Contains('%') => "It contains '%', which the kernel reads as a template.",
        _ when name.Any(IsKernelSpace) => "It contains white space.",
        _ => null,
    };

    // isspace() of the kernel's ctype table: ASCII white space and the no-break space byte, which in UTF-8 is a
    // trailing byte of other characters too, so the kernel is left to judge those.
    private static bool IsKernelSpace(char c) => c is ' ' or (>= '\t' and <= '\r');
}
