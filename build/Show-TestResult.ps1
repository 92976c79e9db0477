<#
.SYNOPSIS
Shows what JUnit reports say: each skipped test with its reason, each failed one with its message, and the totals.

.DESCRIPTION
Takes what build.ps1 ran: a name, an exit code, and the reports that were written. A run that failed without a failed
test, or ran none, counts as one failure. Emits the number of failures.
#>
param([Parameter(ValueFromPipeline)] $Run)

begin {
    Set-StrictMode -Version 3
    $ErrorActionPreference = 'Stop'
    $all = [System.Collections.Generic.List[object]]::new()

    function New-Result([string] $Run, [string] $Outcome, [string] $Text) {
        [pscustomobject]@{ Run = $Run; Outcome = $Outcome; Text = $Text }
    }
}

process {
    $results = foreach ($report in $Run.Report | Where-Object { Test-Path $_ }) {
        foreach ($case in Select-Xml -Path $report -XPath //testcase | ForEach-Object Node) {
            $suite = Split-Path $case.ParentNode.GetAttribute('name') -LeafBase
            $name = $case.GetAttribute('name')
            if ($node = $case.SelectSingleNode('failure | error')) {
                $text = "$name`n$($node.GetAttribute('message'))`n$($node.InnerText)" -replace '\n', "`n    "
                New-Result $suite failed $text
            }
            elseif ($node = $case.SelectSingleNode('skipped')) {
                $reason = $node.HasAttribute('message') ? $node.GetAttribute('message') : $node.InnerText
                New-Result $suite skipped "${name}: $reason".TrimEnd(': ')
            }
            else {
                New-Result $suite passed
            }
        }
    }

    if (-not $results -or ($Run.ExitCode -ne 0 -and 'failed' -notin $results.Outcome)) {
        $results = @($results) + (New-Result $Run.Name failed "$($Run.Name) ended with exit code $($Run.ExitCode)")
    }

    $all.AddRange(@($results))
}

end {
    if ($all.Count -eq 0) {
        $all.Add((New-Result none failed 'No test ran.'))
    }

    function Get-Total($Results) {
        $count = @{ passed = 0; failed = 0; skipped = 0 }
        $Results | ForEach-Object { $count[$_.Outcome]++ }
        "$($count.passed) passed, $($count.failed) failed, $($count.skipped) skipped"
    }

    $all | Where-Object Outcome -EQ skipped | ForEach-Object { Write-Host "skipped  $($_.Text)" }
    $all | Where-Object Outcome -EQ failed | ForEach-Object { Write-Host "FAILED   $($_.Text)" }
    $all | Group-Object Run | ForEach-Object { Write-Host "$($_.Name): $(Get-Total $_.Group)" }
    Write-Host (Get-Total $all)
    @($all | Where-Object Outcome -EQ failed).Count
}
