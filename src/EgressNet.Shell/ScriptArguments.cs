using System.Management.Automation.Runspaces;

namespace EgressNet.Shell;

internal static class ScriptArguments
{
    /// <summary>Reads arguments as <c>pwsh -File</c> does: a name is left to the binder, a value is text.</summary>
    public static IEnumerable<CommandParameter> Read(string[] args)
    {
        string? pending = null;
        foreach (string arg in args)
        {
            if (pending is not null)
            {
                yield return new CommandParameter(pending, arg);
                pending = null;
            }
            else if (arg is not ['-', _, ..])
                yield return new CommandParameter(null, arg);
            else if (arg.IndexOf(':') is var colon && colon < 0)
                yield return new CommandParameter(arg);
            else if (colon == arg.Length - 1)
                pending = arg[..colon];
            else
                yield return new CommandParameter(arg[..colon], Value(arg[(colon + 1)..]));
        }

        if (pending is not null)
            yield return new CommandParameter(pending);
    }

    private static object Value(string text) => text.ToLowerInvariant() switch
    {
        "$true" or "true" => true,
        "$false" or "false" => false,
        _ => text,
    };
}
