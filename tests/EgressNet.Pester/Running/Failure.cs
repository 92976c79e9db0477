using System.Management.Automation;

namespace EgressNet.Pester.Running;

internal static class Failure
{
    /// <summary>What a script may throw at us and be reported for; a stopped pipeline and exit go on upwards.</summary>
    public static bool IsReported(Exception exception) =>
        exception is LoopFlowException or not (FlowControlException or PipelineStoppedException);

    public static string Describe(Exception exception) => exception switch
    {
        LoopFlowException => "break or continue outside a loop",
        IContainsErrorRecord { ErrorRecord: { } record } =>
            string.Join('\n', [record.Exception.Message, .. Frames(record)]),
        _ => exception.Message,
    };

    private static IEnumerable<string> Frames(ErrorRecord record) =>
        (record.ScriptStackTrace ?? "").Split('\n').Where(frame => frame is not "" && !frame.Contains("<No file>"));
}
