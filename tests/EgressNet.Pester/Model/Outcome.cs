namespace EgressNet.Pester.Model;

internal enum Verdict
{
    Passed,
    Failed,
    Skipped,
}

internal sealed record Outcome(Verdict Verdict, string Text = "")
{
    public static Outcome Passed { get; } = new(Verdict.Passed);

    public static Outcome Failed(string text) => new(Verdict.Failed, text);

    public static Outcome Skipped(string reason) => new(Verdict.Skipped, reason);
}
