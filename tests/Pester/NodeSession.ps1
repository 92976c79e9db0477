# Runs, inside the namespace of a node, the texts that the specs send (see Node.ps1).
param([string] $Socket, [string] $Module)

if (-not (Get-Module -Name EgressNet)) {
    Import-Module -Name $Module
}

$ErrorActionPreference = 'Continue'
$sessionPipe = [System.IO.Pipes.NamedPipeClientStream]::new('.', $Socket, 'InOut')
$sessionPipe.Connect(30000)
$sessionReader = [System.IO.StreamReader]::new($sessionPipe)
$sessionWriter = [System.IO.StreamWriter]::new($sessionPipe)
while ($null -ne ($sessionLine = $sessionReader.ReadLine())) {
    $sessionText = [System.Text.Encoding]::UTF8.GetString([System.Convert]::FromBase64String($sessionLine))
    $sessionScreen = [System.IO.StringWriter]::new()
    $sessionOut = [System.Console]::Out
    [System.Console]::SetOut($sessionScreen)
    $sessionAll = @(try { . ([scriptblock]::Create($sessionText)) *>&1 } catch { $_ })
    [System.Console]::SetOut($sessionOut)
    $sessionSorted = @{ Output = @(); Errors = @(); Warnings = @(); Verbose = @(); Lines = @() }
    foreach ($sessionItem in $sessionAll) {
        if ($sessionItem -is [System.Management.Automation.ErrorRecord]) {
            $sessionSorted.Errors += @{
                Id = $sessionItem.FullyQualifiedErrorId
                Category = "$($sessionItem.CategoryInfo.Category)"
                Message = "$sessionItem"
                Target = "$($sessionItem.TargetObject)"
                TargetType = if ($null -ne $sessionItem.TargetObject) { $sessionItem.TargetObject.GetType().FullName }
            }
        }
        elseif ($sessionItem -is [System.Management.Automation.WarningRecord]) {
            $sessionSorted.Warnings += $sessionItem.Message
        }
        elseif ($sessionItem -is [System.Management.Automation.VerboseRecord]) {
            $sessionSorted.Verbose += $sessionItem.Message
        }
        else {
            $sessionSorted.Output += , $sessionItem
        }
    }

    $sessionSorted.Lines = @("$sessionScreen".Split("`n", [System.StringSplitOptions]::RemoveEmptyEntries))
    # A copy of an enumeration's value would be its number.
    $sessionAnswer = [System.Management.Automation.PSSerializer]::Serialize($sessionSorted, 6) -replace
        '<ToString>([^<]*)</ToString>\s*<(By|I32|U32)>\d+</\2>', '<S>$1</S>'
    $sessionWriter.WriteLine([System.Convert]::ToBase64String([System.Text.Encoding]::UTF8.GetBytes($sessionAnswer)))
    $sessionWriter.Flush()
}
