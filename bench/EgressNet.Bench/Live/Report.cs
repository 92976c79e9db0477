using System.Globalization;

namespace EgressNet.Bench.Live;

/// <summary>Prints a table: each series, and how many times its peer's rate it has.</summary>
internal static class Report
{
    private const int RatioColumn = 81;

    public static void Print(string title, params IEnumerable<Series> table)
    {
        Line($"\n{title,-44}{"count",9}{"median",12}{"per second",13}   ratio");
        foreach (Series series in table)
        {
            if (series.IsEmpty)
            {
                Line($"  {series.Name,-42}not installed");
                continue;
            }

            double time = series.Median.TotalMilliseconds;
            Line($"  {series.Name,-42}{series.Count,9:N0}{time,9:N1} ms{series.Rate,13:N0}   {Ratios(series)}");
        }
    }

    public static void Line(FormattableString text) =>
        Console.WriteLine(text.ToString(CultureInfo.InvariantCulture).TrimEnd());

    private static string Ratios(Series series) => string.Join(
        $",\n{"",RatioColumn}",
        series.Peers.Select(peer =>
            string.Create(CultureInfo.InvariantCulture, $"{series.Rate / peer.Rate:0.00} x {peer.Name}")));
}
