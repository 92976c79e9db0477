using System.Management.Automation;

namespace EgressNet.Pester.Words;

[Cmdlet("Set", "ItResult")]
public sealed class SetItResultCommand : PSCmdlet
{
    private const string Id = "PesterTestSkipped";

    [Parameter(Mandatory = true)]
    public SwitchParameter Skipped { get; set; }

    [Parameter]
    public string Because { get; set; } = "no reason given";

    internal static string? Reason(RuntimeException exception) =>
        exception.ErrorRecord is { TargetObject: string reason } record && record.FullyQualifiedErrorId.StartsWith(Id)
            ? reason
            : null;

    protected override void EndProcessing() => ThrowTerminatingError(
        new ErrorRecord(new InvalidOperationException($"is skipped, because {Because}"), Id,
            ErrorCategory.InvalidResult, Because));
}
