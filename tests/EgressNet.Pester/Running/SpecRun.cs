using System.Management.Automation;
using EgressNet.Pester.Model;

namespace EgressNet.Pester.Running;

/// <summary>What the words of one file have built so far, and what is being run of it.</summary>
internal sealed class SpecRun
{
    public const string Variable = "__EgressNetSpecRun";

    public SpecRun() => Block = Root;

    public Block Root { get; } = new("", null, SpecData.None, skip: false);

    public Block Block { get; set; }

    public Case? Case { get; set; }

    public bool Discovering { get; set; } = true;

    public List<string> Problems { get; } = [];

    public static SpecRun Of(SessionState state) => (SpecRun)state.PSVariable.GetValue(Variable);
}
