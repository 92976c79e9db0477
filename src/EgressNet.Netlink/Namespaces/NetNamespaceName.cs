using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace EgressNet.Netlink.Namespaces;

/// <summary>The rule for a name: it has to be one file name under <see cref="Directory"/>.</summary>
internal static class NetNamespaceName
{
    public const string Directory = "/run/netns";

    private const int MaxBytes = 255;

    public static string PathOf(string name) => $"{Directory}/{name}";

    public static string? FromPath(string path)
    {
        string directory = $"{Directory}/";
        string name = path.StartsWith(directory, StringComparison.Ordinal) ? path[directory.Length..] : "";
        return TryCheck(name, out _) ? name : null;
    }

    public static void Check(string name, string parameter)
    {
        ArgumentNullException.ThrowIfNull(name, parameter);
        if (!TryCheck(name, out string? fault))
        {
            string shown = name.Replace("\0", "\\0");
            throw new ArgumentException($"'{shown}' is not a network namespace name: {fault}.", parameter);
        }
    }

    public static void CheckPath(string path, string parameter)
    {
        ArgumentNullException.ThrowIfNull(path, parameter);
        if (!path.StartsWith('/') || path.Contains('\0'))
        {
            string shown = path.Replace("\0", "\\0");
            throw new ArgumentException($"'{shown}' is not an absolute path without NUL.", parameter);
        }
    }

    private static bool TryCheck(string name, [NotNullWhen(false)] out string? fault)
    {
        fault = name switch
        {
            "" => "it is empty",
            "." or ".." => "it is reserved",
            _ when name.Contains('/') => "it contains '/'",
            _ when name.Contains('\0') => "it contains a NUL",
            _ when Encoding.UTF8.GetByteCount(name) > MaxBytes => $"it is longer than {MaxBytes} bytes",
            _ => null,
        };
        return fault is null;
    }
}
