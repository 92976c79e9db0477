# The assemblies beside this file run on any processor; those in a folder of its own start faster on one.
$processor = "$([System.Runtime.InteropServices.RuntimeInformation]::ProcessArchitecture)".ToLowerInvariant()
$folder = "$PSScriptRoot/linux-$processor"
$assembly = "$([System.IO.Directory]::Exists($folder) ? $folder : $PSScriptRoot)/EgressNet.Cmdlets.dll"

# .NET keeps one copy of an assembly in a process, also when its module is removed.
$loaded = ('EgressNet.Commands.GetNetRouteCommand' -as [type])?.Assembly.Location
if ($loaded -and $loaded -ne $assembly) {
    Write-Warning ("'$PSScriptRoot' is a second copy of EgressNet. The cmdlets are those of '$loaded', " +
        'which this process has loaded before. Start a new pwsh to use this copy.')
    $assembly = $loaded
}

$cmdlets = (Import-Module -Name $assembly -PassThru).ExportedCmdlets
$hiding = foreach ($drive in 'Alias:', 'Function:') {
    $ExecutionContext.SessionState.InvokeProvider.ChildItem.Get($drive, $false).Where{ $cmdlets.ContainsKey($_.Name) }
}

if ($hiding) {
    $names = $hiding.ForEach{ "$($_.CommandType) $($_.Name)".ToLowerInvariant() + ($_.Source ? " of $($_.Source)" : '') }
    Write-Warning ("Cmdlets of EgressNet are hidden: $($names -join ', '). PowerShell prefers functions and aliases. " +
        "Call the cmdlet as EgressNet\$($hiding[0].Name).")
}
