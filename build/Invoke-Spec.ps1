<#
.SYNOPSIS
Runs one spec file on the staged module with the given Pester, and writes a JUnit report.
#>
param([string] $Path, [string] $Module, [string] $Pester, [string] $Report)

Import-Module $Module, $Pester -ErrorAction Stop

$run = Invoke-Pester -Configuration @{
    Run = @{ Path = $Path; PassThru = $true }
    TestResult = @{ Enabled = $true; OutputFormat = 'JUnitXml'; OutputPath = $Report }
    Output = @{ RenderMode = 'Plaintext' }
}
exit [int]($run.Result -ne 'Passed')
