using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;

namespace EgressNet.Shell;

/// <summary>
/// Asks the engine to hand the <c>exit</c> of the next script file to the host instead of only ending the file.
/// pwsh does the same for <c>-File</c>, through members that the engine keeps to itself.
/// </summary>
internal static class EngineExit
{
    private const string Context = "System.Management.Automation.ExecutionContext, System.Management.Automation";

    public static void Rethrow(Runspace runspace) => SetRethrow(GetContext(runspace), true);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_ExecutionContext")]
    [return: UnsafeAccessorType(Context)]
    private static extern object GetContext(Runspace runspace);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "set_ScriptCommandProcessorShouldRethrowExit")]
    private static extern void SetRethrow([UnsafeAccessorType(Context)] object context, bool value);
}
