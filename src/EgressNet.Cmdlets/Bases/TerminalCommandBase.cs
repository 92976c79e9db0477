namespace EgressNet.Bases;

/// <summary>A cmdlet whose messages are safe for a terminal: control characters in names are replaced.</summary>
public abstract class TerminalCommandBase : PSCmdlet
{
    private protected TerminalCommandBase()
    {
    }

    internal new void WriteError(ErrorRecord error) => base.WriteError(Harmless(error));

    internal new void WriteVerbose(string text) => base.WriteVerbose(TerminalText.Of(text));

    internal new void WriteWarning(string text) => base.WriteWarning(TerminalText.Of(text));

    private protected new void ThrowTerminatingError(ErrorRecord error) =>
        base.ThrowTerminatingError(Harmless(error));

    private protected new bool ShouldProcess(string target) => base.ShouldProcess(TerminalText.Of(target));

    private protected new bool ShouldProcess(string target, string action) =>
        base.ShouldProcess(TerminalText.Of(target), TerminalText.Of(action));

    private protected new bool ShouldProcess(string description, string question, string caption) =>
        base.ShouldProcess(TerminalText.Of(description), TerminalText.Of(question), TerminalText.Of(caption));

    private protected new bool ShouldProcess(
        string description, string question, string caption, out ShouldProcessReason reason) => base.ShouldProcess(
            TerminalText.Of(description), TerminalText.Of(question), TerminalText.Of(caption), out reason);

    // The error's target stays what it is; views of errors show its text from here.
    private static ErrorRecord Harmless(ErrorRecord error)
    {
        string text = error.ErrorDetails?.Message ?? error.Exception.Message;
        if (TerminalText.Of(text) is { } safe && safe != text)
        {
            string? action = error.ErrorDetails?.RecommendedAction;
            error.ErrorDetails = new ErrorDetails(safe) { RecommendedAction = action };
        }

        error.CategoryInfo.TargetName = TerminalText.Of(error.CategoryInfo.TargetName);
        return error;
    }
}
