using System.Management.Automation;
using EgressNet.Pester.Model;

namespace EgressNet.Pester.Running;

[Cmdlet("EgressNet", "RunBlock")]
public sealed class RunBlockCommand : PSCmdlet
{
    internal const string Word = "EgressNet-RunBlock";

    protected override void ProcessRecord()
    {
        SpecRun run = SpecRun.Of(SessionState);
        Block block = run.Block;
        try
        {
            if (Try(run, block, Setup.BeforeAll) is { } failure)
                FailAll(block, $"BeforeAll failed: {failure}");
            else
                RunChildren(run, block);
        }
        finally
        {
            run.Block = block;
            if (Try(run, block, Setup.AfterAll) is { } failure)
                run.Problems.Add($"AfterAll of '{block.Name}' failed: {failure}");
        }
    }

    private static void RunChildren(SpecRun run, Block block)
    {
        foreach (object child in block.Children)
        {
            run.Block = child as Block ?? block;
            run.Case = child as Case;
            if (child is Case { Skip: true } skipped)
                skipped.Outcome = Outcome.Skipped("-Skip");
            else if (child is Case test)
                Scope.EnterCase(test.Data);
            else if (child is Block inner && inner.Cases.All(c => c.Skip))
                inner.Cases.ToList().ForEach(c => c.Outcome = Outcome.Skipped("-Skip"));
            else
                Scope.EnterBlock(run.Block.Data);
        }
    }

    private string? Try(SpecRun run, Block block, Setup setup)
    {
        if (!block.Setups.TryGetValue(setup, out ScriptBlock? script))
            return null;

        run.Case = null;
        try
        {
            Scope.DotSource(SessionState, script);
            return null;
        }
        catch (Exception exception) when (Failure.IsReported(exception))
        {
            return Failure.Describe(exception);
        }
    }

    private static void FailAll(Block block, string text)
    {
        foreach (Case test in block.Cases)
            test.Outcome = test.Skip ? Outcome.Skipped("-Skip") : Outcome.Failed(text);
    }
}
