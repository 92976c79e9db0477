# Kept short: each operator and method call here is compiled anew in every session.
$folder = "$PSScriptRoot/$([System.Runtime.InteropServices.RuntimeInformation]::ProcessArchitecture)"
if (-not [System.IO.File]::Exists("$folder/EgressNet.Cmdlets.dll")) {
    $folder = $PSScriptRoot
}

try {
    Import-Module -Name "$folder/EgressNet.Cmdlets.dll" -ErrorAction Stop
}
catch [System.IO.FileLoadException] {
    # .NET keeps one copy of an assembly in a process, also when its module is removed.
    Import-Module -Name ([EgressNet.ModuleImport].Assembly.Location)
}

# The engine refuses members of a type that another copy has added already.
if (-not (Get-Module -Name EgressNet)) {
    Import-Module -Name "$PSScriptRoot/types/EgressNet.Types.psd1"
}

foreach ($warning in [EgressNet.ModuleImport]::Warnings($ExecutionContext.SessionState, $folder, $MyInvocation.Statement)) {
    Write-Warning $warning
}
