using System.Management.Automation.Host;

namespace EgressNet.Shell.Hosting;

internal sealed record Choice(string Key, string Label, string HelpText)
{
    public static Choice From(ChoiceDescription choice)
    {
        int mark = choice.Label.IndexOf('&');
        string label = choice.Label.Replace("&", "");
        string key = mark >= 0 && mark + 1 < choice.Label.Length ? choice.Label[(mark + 1)..(mark + 2)] : label;
        return new Choice(key.ToUpperInvariant(), label, choice.HelpMessage);
    }

    public static string Line(Choice[] choices, int defaultChoice)
    {
        string offered = string.Join("  ", choices.Select(choice => $"[{choice.Key}] {choice.Label}"));
        string standard = defaultChoice >= 0 ? $" (default is \"{choices[defaultChoice].Key}\")" : "";
        return $"{offered}  [?] Help{standard}: ";
    }

    public static string Help(Choice[] choices) =>
        string.Join(Environment.NewLine, choices.Select(choice => $"{choice.Key} - {choice.HelpText}"));

    public bool Matches(string answer) =>
        answer.Equals(Key, StringComparison.OrdinalIgnoreCase) || answer.Equals(Label, StringComparison.OrdinalIgnoreCase);
}
