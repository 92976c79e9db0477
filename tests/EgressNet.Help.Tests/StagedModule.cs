using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace EgressNet.Help.Tests;

/// <summary>The module as it is staged, in an engine of its own, beside the pages that describe it.</summary>
public sealed class StagedModule : IDisposable
{
    private static readonly string[] s_own = ["WhatIf", "Confirm"];
    private readonly Runspace _runspace;

    public StagedModule()
    {
        Pages = HelpFiles.Pages(Repository.Root).ToDictionary(page => page.Name);
        InitialSessionState state = InitialSessionState.CreateDefault2();
        state.ThrowOnRunspaceOpenError = true;
        state.ImportPSModule([Path.Combine(Repository.StagedModule, "EgressNet.psd1")]);
        _runspace = RunspaceFactory.CreateRunspace(state);
        _runspace.Open();
        Cmdlets = Run("Get-Command -Module EgressNet -CommandType Cmdlet")
            .Select(found => (CmdletInfo)found.BaseObject)
            .ToDictionary(cmdlet => cmdlet.Name);
    }

    public IReadOnlyDictionary<string, Page> Pages { get; }

    public IReadOnlyDictionary<string, CmdletInfo> Cmdlets { get; }

    public static IEnumerable<CommandParameterInfo> OwnParameters(CommandParameterSetInfo set) =>
        set.Parameters.Where(parameter =>
            s_own.Contains(parameter.Name)
            || (!Cmdlet.CommonParameters.Contains(parameter.Name)
                && !Cmdlet.OptionalCommonParameters.Contains(parameter.Name)));

    public CommandInfo? Find(string name) => Run("param($Name) Get-Command $Name -ErrorAction Ignore", name)
        .Select(found => found.BaseObject)
        .OfType<CommandInfo>()
        .FirstOrDefault();

    public IReadOnlyList<PSObject> Run(string script, params object[] arguments)
    {
        using PowerShell shell = PowerShell.Create(_runspace);
        shell.AddScript(script);
        foreach (object argument in arguments)
        {
            shell.AddArgument(argument);
        }

        return [.. shell.Invoke()];
    }

    public void Dispose() => _runspace.Dispose();
}
