BeforeDiscovery {
    . $PSScriptRoot/Support.ps1
    $obstacle = Get-Obstacle
    $cases = @(
        @{ Case = 'tab'; Code = 0x9 }, @{ Case = 'newline'; Code = 0xa }, @{ Case = 'ESC'; Code = 0x1b }
        @{ Case = 'CSI (C1)'; Code = 0x9b }, @{ Case = 'right-to-left override'; Code = 0x202e }
        @{ Case = 'right-to-left isolate'; Code = 0x2067 }, @{ Case = 'zero-width space'; Code = 0x200b }
        @{ Case = 'line separator'; Code = 0x2028 }
    )
}

Describe "A namespace with <Case> in its name$obstacle" -Skip:([bool] $obstacle) -ForEach $cases {
    BeforeAll {
        . $PSScriptRoot/Support.ps1
        $raw = [string] [char] $Code
        $stem = Get-NewName
        $name = "$stem${raw}x"
        $namespace = New-NetNamespace $name
        $veth = New-EgressVeth eth0 $namespace
        $address = New-NetIPAddress 192.0.2.5/24 -InterfaceAlias eth0 -NetNamespace $namespace

        function Assert-Clean([string] $Text) {
            $Text | Should -Match "$stem\ufffdx"
            $Text.IndexOf("$stem$raw", [System.StringComparison]::Ordinal) | Should -Be -1
        }
    }

    AfterAll {
        $namespace | Remove-NetNamespace
    }

    It 'keeps it in the property, and by it is found again' {
        $namespace.Name | Should -BeExactly $name
        ($namespace | ConvertTo-Json | ConvertFrom-Json | Get-NetNamespace).Inode | Should -Be $namespace.Inode
    }

    It 'shows it clean in tables, lists and wide views' {
        foreach ($object in $namespace, $veth) {
            Assert-Clean ($object | Format-List | Out-String -Width 200)
            Assert-Clean ($object | Format-Table | Out-String -Width 200)
        }

        Assert-Clean ($namespace | Format-Wide | Out-String -Width 200)
        Assert-Clean ($address | Format-List | Out-String -Width 200)
        Assert-Clean (Get-NetAdapter eth0 -NetNamespace $namespace | Format-Table | Out-String -Width 200)
    }

    It 'shows it clean in errors, with -Verbose and -WhatIf' {
        $fault = { Get-NetAdapter nope -NetNamespace $namespace -ErrorAction Stop } | Should -Throw -PassThru
        Assert-Clean "$fault"
        Assert-Clean (New-EgressVeth eth9 $namespace -Verbose 4>&1 | ForEach-Object { "$_" })
        $file = New-TemporaryFile
        $null = Start-Transcript $file -UseMinimalHeader
        $namespace | Remove-NetNamespace -WhatIf
        $null = Stop-Transcript
        Assert-Clean (Get-Content $file -Raw)
        Remove-Item $file
    }

    It 'completes it by escapes that lead back to it' {
        $line = "Get-NetNamespace $stem"
        $offer = (TabExpansion2 $line $line.Length).CompletionMatches[0]
        Assert-Clean $offer.ListItemText
        Assert-Clean $offer.ToolTip
        $offer.CompletionText | Should -Match '^"[\w`{}]+"$'
        (Invoke-Expression "Get-NetNamespace $($offer.CompletionText)").Inode | Should -Be $namespace.Inode
    }
}
