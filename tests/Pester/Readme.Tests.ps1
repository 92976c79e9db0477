BeforeDiscovery {
    . $PSScriptRoot/Support.ps1
    $obstacle = Get-Obstacle
    $text = Get-Content $PSScriptRoot/../../README.md -Raw
    $number = 0
    $blocks = [regex]::Matches($text, '(?ms)^```powershell\n(.*?)^```$(?:\n\n^```text\n(.*?)^```$)?') | ForEach-Object {
        @{ Number = $number++; Code = $_.Groups[1].Value; Output = $_.Groups[2].Value }
    }
}

# The blocks run one after another in one session on a node, as a reader would type them.
Describe "The tour of the README$obstacle" -Skip:($obstacle -ne '') -ForEach @{ Blocks = $blocks } {
    BeforeAll {
        . $PSScriptRoot/Support.ps1
        $Blocks.Code | ConvertTo-Json | Set-Content $TestDrive/blocks.json
        Set-Content $TestDrive/tour.ps1 {
            param($Module, $Folder, $File)
            Set-Location $Folder
            Import-Module $Module
            $PSStyle.OutputRendering = 'PlainText'
            foreach ($code in Get-Content $File | ConvertFrom-Json) {
                '### block'
                . ([scriptblock]::Create($code)) | Out-Default
            }
        }

        # In a mount namespace of its own: the names of the README may be taken.
        $node = Get-FreshNamespace
        $module = "$((Get-Module -Name EgressNet).ModuleBase)/EgressNet.psd1"
        $said = ip netns exec $node unshare -m sh -c 'mount -t tmpfs tmpfs /run && mkdir /run/netns && exec "$@"' sh `
            pwsh -NoProfile -NonInteractive -File $TestDrive/tour.ps1 $module (Convert-Path $PSScriptRoot/../..) `
            $TestDrive/blocks.json 2>&1
        $outputs = $said -join "`n" -split '### block\n?' | Select-Object -Skip 1

        # Without what is drawn, and what comes in its own time.
        function Get-Plain([string] $Text) {
            $Text.Trim() -replace '(?m) +$' -replace '\n{2,}', "`n" -replace '\bveth[0-9a-f]{8,11}\b', 'vethX' `
                -replace '(?i)\b([0-9a-f]{2}:){5}[0-9a-f]{2}\b', 'MAC' -replace '-{2,}', '-' -replace ' +', ' ' `
                -replace '(?m)^ *[1-9]\d{3,4} ', 'INDEX ' -replace '\bdev [1-9]\d{3,4}\b', 'dev INDEX'
        }
    }

    AfterAll {
        Remove-IfThere $node
    }

    It 'prints what the README shows: block <Number>' -ForEach $blocks {
        Get-Plain $outputs[$Number] | Should -BeExactly (Get-Plain $Output)
    }
}
