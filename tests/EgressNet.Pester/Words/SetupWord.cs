using System.Management.Automation;
using EgressNet.Pester.Model;
using EgressNet.Pester.Running;

namespace EgressNet.Pester.Words;

public abstract class SetupWord : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0)]
    public ScriptBlock Body { get; set; } = null!;

    private protected abstract Setup Setup { get; }

    protected override void EndProcessing()
    {
        SpecRun run = SpecRun.Of(SessionState);
        if (!run.Discovering)
            throw new InvalidOperationException($"{Setup} stands inside It or another setup block.");
        if (!run.Block.Setups.TryAdd(Setup, Body))
            throw new InvalidOperationException($"{Setup} is already defined in '{run.Block.Name}'.");
    }
}

[Cmdlet("EgressNet", "BeforeAll")]
public sealed class BeforeAllCommand : SetupWord
{
    private protected override Setup Setup => Setup.BeforeAll;
}

[Cmdlet("EgressNet", "BeforeEach")]
public sealed class BeforeEachCommand : SetupWord
{
    private protected override Setup Setup => Setup.BeforeEach;
}

[Cmdlet("EgressNet", "AfterEach")]
public sealed class AfterEachCommand : SetupWord
{
    private protected override Setup Setup => Setup.AfterEach;
}

[Cmdlet("EgressNet", "AfterAll")]
public sealed class AfterAllCommand : SetupWord
{
    private protected override Setup Setup => Setup.AfterAll;
}
