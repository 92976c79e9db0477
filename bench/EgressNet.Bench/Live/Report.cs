using System.Globalization;

namespace EgressNet.Bench.Live;

/// <summary>Prints a table: each series beside the one it is named against.</summary>
internal static class Report
{
    public static void Print(string title, IReadOnlyList<Series> table)
    {
        Line($"\n{title,-46}{"count",9}{"median",12}{"per second",13}  ratio");
        foreach (Series series in table)
        {
            if (series.IsEmpty)
            {
                Line($"  {series.Name,-44}not installed");
                continue;
            }

            double milliseconds = series.Median.TotalMilliseconds;
            string ratio = RatioOf(series, table);
            Line($"  {series.Name,-44}{series.Count,9:N0}{milliseconds,9:N1} ms{series.Rate,13:N0}{ratio}");
        }
    }

    public static void Line(FormattableString text) =>
        Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    private static string RatioOf(Series series, IReadOnlyList<Series> table)
    {
        Series? peer = table.FirstOrDefault(other => other.Name == series.Peer);
        return peer is null or { IsEmpty: true }
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $"  {series.Rate / peer.Rate:0.00} x {peer.Name}");
    }
}
