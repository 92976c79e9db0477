<#
.SYNOPSIS
Runs one Pester file on the staged module, in a pwsh of its own; build.ps1 -Task Test starts it.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string] $Path,
    [Parameter(Mandatory)] [string] $Result,
    [Parameter(Mandatory)] [string] $Module,
    [Parameter(Mandatory)] [string] $Pester
)

$ErrorActionPreference = 'Stop'
Import-Module -Name $Module, $Pester

$run = Invoke-Pester -Configuration @{
    Run = @{ Path = $Path; PassThru = $true }
    TestResult = @{ Enabled = $true; OutputFormat = 'JUnitXml'; OutputPath = $Result }
    Output = @{ Verbosity = 'Normal'; RenderMode = 'Plaintext' }
}
exit [int]($run.Result -ne 'Passed')
