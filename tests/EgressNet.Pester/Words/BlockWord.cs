using System.Management.Automation;
using EgressNet.Pester.Model;
using EgressNet.Pester.Running;

namespace EgressNet.Pester.Words;

public abstract class BlockWord : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0)]
    public string Name { get; set; } = "";

    [Parameter(Mandatory = true, Position = 1)]
    public ScriptBlock Body { get; set; } = null!;

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] Tag { get; set; } = [];

    [Parameter]
    public SwitchParameter Skip { get; set; }

    internal abstract void Discover(SpecRun run, SpecData data);

    private protected abstract object[]? Items { get; }

    protected override void EndProcessing()
    {
        SpecRun run = SpecRun.Of(SessionState);
        if (!run.Discovering)
            throw new InvalidOperationException($"{MyInvocation.InvocationName} stands inside It or a setup block.");

        foreach (SpecData data in Items?.Select(SpecData.From) ?? [SpecData.None])
            Discover(run, data);
    }

    private protected string FilledName(SpecRun run, SpecData data) =>
        NameTemplate.Fill(Name, run.Block.FromOutermost.Select(block => block.Data).Append(data).Reverse());
}
