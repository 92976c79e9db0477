using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace EgressNet.Module.Tests;

/// <summary>A runspace with the staged module, as a session of the user's has it.</summary>
internal sealed class Hosted : IDisposable
{
    private readonly Runspace _runspace;

    public Hosted()
    {
        InitialSessionState state = InitialSessionState.CreateDefault2();
        state.ThrowOnRunspaceOpenError = true;
        state.ImportPSModule([Manifest]);
        _runspace = RunspaceFactory.CreateRunspace(Host, state);
        _runspace.Open();
    }

    public static string Manifest { get; } = Path.Combine(Repository.StagedModule, "EgressNet.psd1");

    public HostLines Host { get; } = new();

    public PowerShell Shell()
    {
        PowerShell shell = PowerShell.Create();
        shell.Runspace = _runspace;
        return shell;
    }

    /// <summary>Runs a script with parameters; errors are kept, never thrown, unless the script ends by one.</summary>
    public Outcome Run(string script, object? parameters = null)
    {
        using PowerShell shell = Shell();
        shell.AddScript(script);
        foreach (System.Reflection.PropertyInfo property in parameters?.GetType().GetProperties() ?? [])
        {
            shell.AddParameter(property.Name, property.GetValue(parameters));
        }

        Host.Lines.Clear();
        PSObject[] output = [.. shell.Invoke()];
        return new Outcome(
            output,
            [.. shell.Streams.Error],
            [.. shell.Streams.Warning.Select(warning => warning.Message)],
            [.. shell.Streams.Verbose.Select(verbose => verbose.Message)],
            [.. Host.Lines]);
    }

    public void Dispose() => _runspace.Dispose();
}

internal sealed record Outcome(
    PSObject[] Output,
    ErrorRecord[] Errors,
    string[] Warnings,
    string[] Verbose,
    string[] HostLines)
{
    /// <summary>The output, where there was no error.</summary>
    public PSObject[] Clean
    {
        get
        {
            Assert.Empty(Errors.Select(error => error.ToString()));
            return Output;
        }
    }
}
