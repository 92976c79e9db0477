using System.Reflection;
using Microsoft.Win32.SafeHandles;

namespace EgressNet;

/// <summary>Warnings after an import: other assemblies are loaded, or other commands hide the module's.</summary>
public static class ModuleImport
{
    private static readonly Assembly s_assembly = typeof(ModuleImport).Assembly;
    private static readonly string s_file = Path.GetFileName(s_assembly.Location);

    /// <summary>The warnings for a session that imported the module with its assemblies in a folder.</summary>
    /// <param name="statement">The statement that imports, as it is written.</param>
    public static IEnumerable<string> Warnings(SessionState session, string folder, string statement)
    {
        string loaded = Path.GetDirectoryName(s_assembly.Location)!;
        if (loaded != Path.GetFullPath(folder) && RealPath(s_assembly.Location) != RealPath(Path.Join(folder, s_file)))
        {
            yield return $"'{folder}' is a second copy of EgressNet: its cmdlets are those of '{loaded}', "
                + "which this process loaded before. Start a new pwsh to use this copy.";
        }

        CommandInfo[] hiding =
        [
            .. session.InvokeCommand.GetCommands("*-*", CommandTypes.Alias | CommandTypes.Function, nameIsPattern: true)
                .Where(command => IsCmdlet(command.Name)),
        ];
        if (hiding.Length > 0)
        {
            Predicate<string> isImported = ImportStatement.CmdletsOf(statement);
            hiding = [.. hiding.Where(command => isImported(command.Name))];
        }

        if (hiding.Length > 0)
        {
            yield return $"Other commands hide cmdlets of EgressNet: {string.Join(", ", hiding.Select(Describe))}. "
                + $"Call the cmdlet by its full name, as EgressNet\\{hiding[0].Name}."
                + (ImportStatement.IsSplatted(statement)
                    ? " A splatted -Prefix, -Cmdlet or -NoClobber is not seen here: if there is one, nothing may be hidden."
                    : "");
        }
    }

    // .NET resolves the last part of a path alone, and the kernel all of an open file's.
    private static string? RealPath(string file)
    {
        using SafeFileHandle open = File.OpenHandle(file);
        return File.ResolveLinkTarget($"/proc/self/fd/{open.DangerousGetHandle()}", returnFinalTarget: false)?.FullName;
    }

    private static bool IsCmdlet(string name) => s_assembly.GetType(
        $"EgressNet.Commands.{name.Replace("-", "")}Command", throwOnError: false, ignoreCase: true) is not null;

    private static string Describe(CommandInfo command) => command.ModuleName is "" or null
        ? $"{command.Name} ({command.CommandType})"
        : $"{command.Name} ({command.CommandType} of {command.ModuleName})";
}
