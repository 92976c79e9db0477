using System.Management.Automation;
using EgressNet.Pester.Running;

namespace EgressNet.Pester.Words;

[Cmdlet("EgressNet", "BeforeDiscovery")]
public sealed class BeforeDiscoveryCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0)]
    public ScriptBlock Body { get; set; } = null!;

    protected override void EndProcessing() => Scope.DotSource(SessionState, Body);
}
