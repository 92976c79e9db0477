using System.Management.Automation;
using System.Management.Automation.Runspaces;
using EgressNet.Shell.Hosting;

namespace EgressNet.Shell;

internal sealed class Session : IDisposable
{
    private readonly Interruption _interruption;
    private readonly ShellHost _host;
    private readonly Runspace _runspace;

    public Session(string manifest, Interruption interruption)
    {
        _interruption = interruption;
        _host = new ShellHost(interruption.Token);

        InitialSessionState state = InitialSessionState.CreateDefault2();
        state.ThrowOnRunspaceOpenError = true;
        state.ImportPSModule([manifest]);
        _runspace = RunspaceFactory.CreateRunspace(_host, state);
        _runspace.Open();
        BuiltModule.AddToModulePath(manifest);
        Runspace.DefaultRunspace = _runspace;
    }

    public int Run(CommandLine line)
    {
        // Only a pipeline that enters the history leaves its $? behind.
        using Pipeline pipeline = _runspace.CreatePipeline(line.Script, addToHistory: true);
        pipeline.Commands.Clear();
        pipeline.Commands.Add(Script(line));
        bool completed = Invoke(pipeline);

        if (_interruption.Requested)
            return _interruption.Code;
        if (_host.ExitCode is { } code)
            return code;
        return completed && (line.Source is Source.File || LastCommandSucceeded()) ? ExitCode.Success : ExitCode.Failure;
    }

    public void Dispose() => _runspace.Dispose();

    private Command Script(CommandLine line)
    {
        if (line.Source is Source.File)
            EngineExit.Rethrow(_runspace);

        Command command = line.Source switch
        {
            Source.File => new Command(line.Script, isScript: false, useLocalScope: false),
            Source.StandardInput => new Command(Console.In.ReadToEnd(), isScript: true, useLocalScope: false),
            _ => new Command(line.Script, isScript: true, useLocalScope: false),
        };
        foreach (CommandParameter argument in ScriptArguments.Read(line.Arguments ?? []))
            command.Parameters.Add(argument);
        return command;
    }

    private bool Invoke(Pipeline pipeline)
    {
        pipeline.Commands.Add(OutDefault());
        using CancellationTokenRegistration stop = _interruption.Token.Register(pipeline.Stop);
        try
        {
            if (!_interruption.Requested)
                pipeline.Invoke();
            return true;
        }
        catch (PipelineStoppedException)
        {
            return false;
        }
        catch (RuntimeException exception)
        {
            Report(exception.ErrorRecord);
            return false;
        }
    }

    private void Report(ErrorRecord error)
    {
        _host.ReportingFailure = true;
        using Pipeline pipeline = _runspace.CreatePipeline();
        pipeline.Commands.Add(OutDefault());
        pipeline.Commands[0].Parameters.Add("InputObject", error);
        pipeline.Invoke();
    }

    private static Command OutDefault() => new("Out-Default")
    {
        MergeUnclaimedPreviousCommandResults = PipelineResultTypes.Error | PipelineResultTypes.Output,
    };

    private bool LastCommandSucceeded()
    {
        using Pipeline pipeline = _runspace.CreatePipeline("$global:?");
        return pipeline.Invoke() is [{ BaseObject: true }];
    }
}
