<#
.SYNOPSIS
Prints what JUnit files say: each skipped test with its reason, each failed one with its message, and the totals.

.OUTPUTS
The count of failed tests, or -1 where no test ran.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string] $Folder
)

Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'

$totals = @{ passed = 0; failed = 0; skipped = 0 }
foreach ($file in Get-ChildItem -Path $Folder -Filter *.xml | Sort-Object -Property Name) {
    $counts = @{ passed = 0; failed = 0; skipped = 0 }
    $xml = [xml]::new()
    $xml.Load($file.FullName)
    foreach ($case in $xml.SelectNodes('//testcase')) {
        $fault = $case.SelectSingleNode('failure | error')
        $skip = $case.SelectSingleNode('skipped')
        $outcome = if ($fault) { 'failed' } elseif ($skip) { 'skipped' } else { 'passed' }
        $counts[$outcome]++
        if ($fault) {
            Write-Host "FAILED  $($case.name)"
            "$($fault.GetAttribute('message'))`n$($fault.InnerText)".Trim() -split "`n" |
                ForEach-Object { Write-Host "            $_" }
        }
        elseif ($skip) {
            Write-Host "skipped $($case.name): $($skip.GetAttribute('message') + $skip.InnerText)"
        }
    }

    foreach ($key in $counts.Keys) { $totals[$key] += $counts[$key] }
    Write-Host ("{0}: {1} passed, {2} failed, {3} skipped" -f
        $file.BaseName, $counts.passed, $counts.failed, $counts.skipped)
}

Write-Host ('{0} passed, {1} failed, {2} skipped' -f $totals.passed, $totals.failed, $totals.skipped)
if ($totals.passed + $totals.failed -eq 0) { -1 } else { $totals.failed }
