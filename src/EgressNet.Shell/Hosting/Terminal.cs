namespace EgressNet.Shell.Hosting;

internal static class Terminal
{
    private const int DefaultWidth = 120;

    public static int Width => Measured() ?? Declared() ?? DefaultWidth;

    private static int? Measured() =>
        !Console.IsOutputRedirected && Console.WindowWidth is > 0 and var width ? width : null;

    private static int? Declared() =>
        int.TryParse(Environment.GetEnvironmentVariable("COLUMNS"), out int width) && width > 0 ? width : null;
}
