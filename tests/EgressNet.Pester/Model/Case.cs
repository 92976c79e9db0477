using System.Management.Automation;

namespace EgressNet.Pester.Model;

/// <summary>One It, once for each item of its -ForEach.</summary>
internal sealed class Case(string name, Block block, SpecData data, ScriptBlock body, bool skip)
{
    public string Name { get; } = string.Join(" / ", block.FromOutermost.Skip(1).Select(b => b.Name).Append(name));

    public Block Block { get; } = block;

    public SpecData Data { get; } = data;

    public ScriptBlock Body { get; } = body;

    public bool Skip { get; } = skip || block.Skip;

    public int Assertions { get; set; }

    public Outcome? Outcome { get; set; }
}
