namespace EgressNet.Tests.Attachments;

/// <summary>The settings that an attachment touches, of the calling thread's namespace.</summary>
internal static class NetworkSettings
{
    private const string Root = "/proc/sys/net";

    private static readonly string[] s_ipv4 = ["forwarding", "accept_redirects"];
    private static readonly string[] s_ipv6 = ["forwarding", "accept_ra", "accept_dad", "disable_ipv6"];

    public static string Read() => string.Concat(
        Read($"{Root}/ipv4/ip_forward"), ReadAll($"{Root}/ipv4/conf", s_ipv4), ReadAll($"{Root}/ipv6/conf", s_ipv6));

    private static string ReadAll(string folder, string[] names) => string.Concat(
        Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal)
            .SelectMany(each => names, (each, name) => Read($"{each}/{name}")));

    private static string Read(string file)
    {
        try
        {
            return $"{file}:{File.ReadAllText(file)}";
        }
        catch (IOException)
        {
            // It went with its link.
            return "";
        }
    }
}
