using System.Management.Automation;
using EgressNet.Pester.Model;
using EgressNet.Pester.Running;

namespace EgressNet.Pester.Words;

[Cmdlet("EgressNet", "It")]
public sealed class ItCommand : BlockWord
{
    [Parameter]
    [Alias("TestCases")]
    [ValidateNotNullOrEmpty]
    public object[]? ForEach { get; set; }

    private protected override object[]? Items => ForEach;

    internal override void Discover(SpecRun run, SpecData data)
    {
        if (run.Block.Parent is null)
            throw new InvalidOperationException($"It '{Name}' stands outside Describe.");
        run.Block.Children.Add(new Case(FilledName(run, data), run.Block, data, Body, Skip));
    }
}
