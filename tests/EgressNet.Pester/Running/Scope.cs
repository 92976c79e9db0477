using System.Management.Automation;
using EgressNet.Pester.Model;

namespace EgressNet.Pester.Running;

/// <summary>
/// Runs script so that its variables live where Pester has them. A new scope runs one of our own words inside a
/// try statement: only there does the engine turn the errors of a statement into exceptions.
/// </summary>
internal static class Scope
{
    private static readonly string s_block = $"try {{ {RunBlockCommand.Word} }} catch {{ throw }}";
    private static readonly string s_case = $"try {{ {RunCaseCommand.Word} }} catch {{ throw }}";

    public static void EnterBlock(SpecData data) => Enter(ScriptBlock.Create(s_block), data);

    public static void EnterCase(SpecData data) => Enter(ScriptBlock.Create(s_case), data);

    public static void Enter(ScriptBlock script, SpecData data) => script.InvokeWithContext(null, data.Variables);

    public static void EnterTry(ScriptBlock script)
    {
        ScriptBlock guard = ScriptBlock.Create("try { $null = & $args[0] } catch { throw }");
        guard.Invoke(script);
    }

    public static void DotSource(SessionState state, ScriptBlock script) =>
        state.InvokeCommand.InvokeScript(useLocalScope: false, script, null);
}
