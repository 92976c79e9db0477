using System.Management.Automation;
using EgressNet.Pester.Model;
using EgressNet.Pester.Words;

namespace EgressNet.Pester.Running;

[Cmdlet("EgressNet", "RunCase")]
public sealed class RunCaseCommand : PSCmdlet
{
    internal const string Word = "EgressNet-RunCase";

    protected override void ProcessRecord()
    {
        Case test = SpecRun.Of(SessionState).Case!;
        IEnumerable<Block> blocks = test.Block.FromOutermost;
        test.Outcome = Try([.. Scripts(blocks, Setup.BeforeEach), test.Body]);
        Outcome after = Try(Scripts(blocks.Reverse(), Setup.AfterEach));

        if (after.Verdict is Verdict.Failed && test.Outcome.Verdict is not Verdict.Failed)
            test.Outcome = after;
        if (test.Outcome.Verdict is Verdict.Passed && test.Assertions == 0)
            test.Outcome = Outcome.Failed("asserted nothing");
    }

    private static ScriptBlock[] Scripts(IEnumerable<Block> blocks, Setup setup) =>
        [.. blocks.Select(b => b.Setups.GetValueOrDefault(setup)).OfType<ScriptBlock>()];

    private Outcome Try(IEnumerable<ScriptBlock> scripts)
    {
        try
        {
            foreach (ScriptBlock script in scripts)
                Scope.DotSource(SessionState, script);
            return Outcome.Passed;
        }
        catch (RuntimeException exception) when (SetItResultCommand.Reason(exception) is { } reason)
        {
            return Outcome.Skipped(reason);
        }
        catch (Exception exception) when (Failure.IsReported(exception))
        {
            return Outcome.Failed(Failure.Describe(exception));
        }
    }
}
