using System.Globalization;
using System.Management.Automation.Host;

namespace EgressNet.Shell.Hosting;

internal sealed class ShellHost(CancellationToken stop) : PSHost
{
    private readonly ShellUserInterface _ui = new(stop);

    public int? ExitCode { get; private set; }

    /// <summary>The engine formats an uncaught error as plain output; while this is set it goes where errors go.</summary>
    public bool ReportingFailure
    {
        set => _ui.OutputIsError = value;
    }

    public override string Name => "EgressNet.Shell";

    public override Version Version { get; } = typeof(ShellHost).Assembly.GetName().Version!;

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override PSHostUserInterface UI => _ui;

    public override CultureInfo CurrentCulture => CultureInfo.CurrentCulture;

    public override CultureInfo CurrentUICulture => CultureInfo.CurrentUICulture;

    public override void SetShouldExit(int exitCode) => ExitCode = exitCode;

    public override void EnterNestedPrompt() => throw new NotSupportedException("This host has no nested prompt.");

    public override void ExitNestedPrompt() => throw new NotSupportedException("This host has no nested prompt.");

    public override void NotifyBeginApplication()
    {
    }

    public override void NotifyEndApplication()
    {
    }
}
