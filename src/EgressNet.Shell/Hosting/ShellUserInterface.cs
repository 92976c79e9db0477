using System.Management.Automation.Host;

namespace EgressNet.Shell.Hosting;

internal sealed partial class ShellUserInterface(CancellationToken stop) : PSHostUserInterface
{
    private readonly ProgressLine _progress = new();

    public bool OutputIsError { get; set; }

    public override PSHostRawUserInterface RawUI { get; } = new ShellRawInterface();

    public override bool SupportsVirtualTerminal { get; } = Environment.GetEnvironmentVariable("TERM") is not "dumb";

    public override void Write(string value)
    {
        _progress.Clear();
        if (OutputIsError)
            Console.Error.Write(ForErrors(value));
        else
            Console.Out.Write(GetOutputString(value, SupportsVirtualTerminal && !Console.IsOutputRedirected));
    }

    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) => Write(value);

    public override void WriteLine(string value) => Write(value + Environment.NewLine);

    public override void WriteErrorLine(string value) => WriteMessage(value);

    public override void WriteWarningLine(string message) => WriteMessage($"WARNING: {message}");

    public override void WriteVerboseLine(string message) => WriteMessage($"VERBOSE: {message}");

    public override void WriteDebugLine(string message) => WriteMessage($"DEBUG: {message}");

    public override void WriteProgress(long sourceId, System.Management.Automation.ProgressRecord record) =>
        _progress.Show(record);

    private void WriteMessage(string text)
    {
        _progress.Clear();
        Console.Error.WriteLine(ForErrors(text));
    }

    private string ForErrors(string text) =>
        GetOutputString(text, SupportsVirtualTerminal && !Console.IsErrorRedirected);
}
