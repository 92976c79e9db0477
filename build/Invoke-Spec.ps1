<#
.SYNOPSIS
Runs spec files, one after another, on the staged module with the given Pester, and writes a JUnit report of each.
#>
param(
    [string] $Module,
    [string] $Pester,
    [string] $Results,
    [Parameter(ValueFromRemainingArguments)] [string[]] $Path
)

Import-Module $Module, $Pester -ErrorAction Stop

$failed = foreach ($file in $Path) {
    $run = Invoke-Pester -Configuration @{
        Run = @{ Path = $file; PassThru = $true }
        TestResult = @{
            Enabled = $true
            OutputFormat = 'JUnitXml'
            OutputPath = Join-Path $Results "$(Split-Path $file -LeafBase).xml"
        }
        Output = @{ RenderMode = 'Plaintext' }
    }
    $run | Where-Object Result -NE Passed
}
exit [int]([bool] $failed)
