using System.Management.Automation;
using System.Management.Automation.Runspaces;
using EgressNet.Pester.Model;
using EgressNet.Pester.Words;

namespace EgressNet.Pester.Running;

/// <summary>A fresh runspace for one spec file.</summary>
internal sealed class SpecSession : IDisposable
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromMinutes(5);

    private static readonly (string Word, Type Command)[] s_words =
    [
        ("Describe", typeof(DescribeCommand)),
        ("Context", typeof(DescribeCommand)),
        ("It", typeof(ItCommand)),
        ("BeforeDiscovery", typeof(BeforeDiscoveryCommand)),
        ("BeforeAll", typeof(BeforeAllCommand)),
        ("BeforeEach", typeof(BeforeEachCommand)),
        ("AfterEach", typeof(AfterEachCommand)),
        ("AfterAll", typeof(AfterAllCommand)),
        ("Set-ItResult", typeof(SetItResultCommand)),
        ("Should", typeof(ShouldCommand)),
        (RunBlockCommand.Word, typeof(RunBlockCommand)),
        (RunCaseCommand.Word, typeof(RunCaseCommand)),
    ];

    private const string Prefix = "EgressNet";

    private readonly SpecRun _run = new();
    private readonly Runspace _runspace;

    public SpecSession(string? module)
    {
        InitialSessionState state = InitialSessionState.CreateDefault2();
        state.ThrowOnRunspaceOpenError = true;
        if (module is not null)
            state.ImportPSModule([module]);
        foreach ((string word, Type command) in s_words)
            Add(state.Commands, word, command);
        state.Variables.Add(new SessionStateVariableEntry(SpecRun.Variable, _run, "", ScopedItemOptions.Constant));
        _runspace = RunspaceFactory.CreateRunspace(state);
        _runspace.Open();
    }

    public SpecRun Discover(string path)
    {
        Invoke(shell => shell.AddScript("param($Path) try { & $Path } catch { throw }").AddArgument(path));
        _run.Discovering = false;
        return _run;
    }

    public SpecRun Run()
    {
        if (_run.Root.Cases.Any(test => !test.Skip))
            Invoke(shell => shell.AddScript($"try {{ {RunBlockCommand.Word} }} catch {{ throw }}", useLocalScope: true));

        foreach (Case test in _run.Root.Cases)
            test.Outcome ??= test.Skip ? Outcome.Skipped("-Skip") : Outcome.Failed("the run ended before this case");
        return _run;
    }

    public void Dispose() => _runspace.Dispose();

    /// <summary>The engine takes a cmdlet only under a verb and a noun; a single word is an alias of one.</summary>
    private static void Add(InitialSessionStateEntryCollection<SessionStateCommandEntry> commands, string word, Type command)
    {
        string name = word.Contains('-') ? word : $"{Prefix}-{word}";
        commands.Add(new SessionStateCmdletEntry(name, command, null));
        if (name != word)
            commands.Add(new SessionStateAliasEntry(word, name, "", ScopedItemOptions.Constant));
    }

    private void Invoke(Action<PowerShell> add)
    {
        using PowerShell shell = PowerShell.Create(_runspace);
        add(shell);
        using CancellationTokenSource deadline = new(s_deadline);
        using CancellationTokenRegistration stop = deadline.Token.Register(shell.Stop);
        try
        {
            shell.Invoke();
        }
        catch (PipelineStoppedException)
        {
            _run.Problems.Add($"stopped after {s_deadline}");
        }
        catch (RuntimeException exception)
        {
            _run.Problems.Add(Failure.Describe(exception));
        }
    }
}
