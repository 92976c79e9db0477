using System.Management.Automation;
using EgressNet.Pester.Model;
using EgressNet.Pester.Running;

namespace EgressNet.Pester.Words;

[Cmdlet("EgressNet", "Describe")]
public sealed class DescribeCommand : BlockWord
{
    [Parameter]
    [ValidateNotNullOrEmpty]
    public object[]? ForEach { get; set; }

    private protected override object[]? Items => ForEach;

    internal override void Discover(SpecRun run, SpecData data)
    {
        Block outer = run.Block;
        Block block = new(FilledName(run, data), outer, data, Skip);
        outer.Children.Add(block);
        run.Block = block;
        try
        {
            Scope.Enter(Body, data);
        }
        finally
        {
            run.Block = outer;
        }
    }
}
