using System.Management.Automation;
using System.Text.RegularExpressions;

namespace EgressNet.Pester.Model;

/// <summary>Fills &lt;name&gt; and &lt;name.Property&gt; from the data of the case and of the blocks around it.</summary>
internal static partial class NameTemplate
{
    public static string Fill(string name, IEnumerable<SpecData> innermostFirst)
    {
        SpecData[] scopes = [.. innermostFirst];
        return Hole().Replace(name, match => Value(match.Groups[1].Value.Split('.'), scopes, match.Value));
    }

    private static string Value(string[] path, SpecData[] scopes, string unknown)
    {
        PSVariable? variable = scopes
            .Select(scope => scope.Variables.Find(v => v.Name.Equals(path[0], StringComparison.OrdinalIgnoreCase)))
            .FirstOrDefault(v => v is not null);
        if (variable is null)
            return unknown;

        object? value = variable.Value;
        foreach (string member in path.Skip(1))
            value = value is null ? null : PSObject.AsPSObject(value).Properties[member]?.Value;
        return Text(value);
    }

    private static string Text(object? value) => value switch
    {
        null => "$null",
        bool truth => truth ? "$true" : "$false",
        string text => text,
        object[] items => $"@({string.Join(", ", items.Select(Text))})",
        _ => LanguagePrimitives.ConvertTo<string>(value),
    };

    [GeneratedRegex(@"(?<!`)<(\w+(?:\.\w+)*)>")]
    private static partial Regex Hole();
}
