using System.Management.Automation;

namespace EgressNet.Pester.Model;

/// <summary>A file, a Describe or a Context, once for each item of its -ForEach.</summary>
internal sealed class Block(string name, Block? parent, SpecData data, bool skip)
{
    public string Name { get; } = name;

    public Block? Parent { get; } = parent;

    public SpecData Data { get; } = data;

    public bool Skip { get; } = skip || parent is { Skip: true };

    public List<object> Children { get; } = [];

    public Dictionary<Setup, ScriptBlock> Setups { get; } = [];

    public IEnumerable<Case> Cases => Children.SelectMany(child => child is Block block ? block.Cases : [(Case)child]);

    public IEnumerable<Block> FromOutermost => Parent is null ? [this] : Parent.FromOutermost.Append(this);
}
