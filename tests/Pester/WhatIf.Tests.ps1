BeforeDiscovery {
    . $PSScriptRoot/Support.ps1
    $obstacle = Get-Obstacle
}

Describe "WhatIf$obstacle" -Skip:([bool] $obstacle) {
    BeforeAll {
        . $PSScriptRoot/Support.ps1
        $ns = Get-FreshNamespace -Link -Address '192.0.2.5/24', 'fd00:2::5/64'
        Invoke-Ip -n $ns route add 198.51.100.0/24 via 192.0.2.1
        $veth = New-EgressVeth eth0 $ns
        $newName = Get-NewName
        $before = Get-Dump $ns

        # What -WhatIf tells goes to the host alone, and so into a transcript. Nothing may come out beside it.
        function Get-WhatIfLine([scriptblock] $Script) {
            $transcript = Join-Path $TestDrive transcript
            $null = Start-Transcript $transcript -UseMinimalHeader
            try {
                & $Script | Should -BeNullOrEmpty
                # The file is written in the background: a last line shows that those before it are there.
                Remove-Item $transcript -WhatIf
                $end = [datetime]::UtcNow.AddSeconds(10)
                while (-not (Select-String $transcript -Path $transcript -SimpleMatch -Quiet)) {
                    [datetime]::UtcNow | Should -BeLessThan $end
                    Start-Sleep -Milliseconds 10
                }
            }
            finally {
                $null = Stop-Transcript
            }

            (Get-Content $transcript) -like 'What if: *' -notlike "*$transcript*"
        }
    }

    AfterEach {
        Assert-Same $before (Get-Dump $ns)
        "/run/netns/$newName" | Should -Not -Exist
        ip link show dev $newName 2>$null | Should -BeNullOrEmpty
    }

    AfterAll {
        Remove-IfThere $ns
    }

    It 'says what, and does nothing: <Text>' -ForEach @(
        @{ Text = 'New-NetNamespace {1}'; Told = '"Create network namespace" on target "{1}"' }
        @{ Text = 'Remove-NetNamespace {0}'; Told = '"Remove network namespace" on target "{0}"' }
        @{ Text = 'New-EgressVeth eth9 {0}'; Told = '"Create veth pair" on target "eth9 in {0} <-> veth*"' }
        @{ Text = 'New-EgressVeth eth9 {0} -HostInterface {1}'
            Told = '"Create veth pair" on target "eth9 in {0} <-> {1}"' }
        @{ Text = 'Remove-EgressVeth eth0 {0}'; Told = '"Remove veth pair" on target "eth0 in {0} <-> {2}"' }
        @{ Text = 'Get-EgressVeth eth0 -NetNamespace {0} | Remove-EgressVeth'
            Told = '"Remove veth pair" on target "eth0 in {0} <-> {2}"' }
        @{ Text = 'New-NetIPAddress 192.0.2.9/24 -InterfaceAlias v0 -NetNamespace {0}'
            Told = '"Add address" on target "192.0.2.9/24 dev v0 in {0}"' }
        @{ Text = 'Remove-NetIPAddress 192.0.2.5 -NetNamespace {0}'
            Told = '"Remove address" on target "192.0.2.5/24 dev v0 in {0}"' }
        @{ Text = 'New-NetRoute 203.0.113.0/24 -NextHop 192.0.2.1 -InterfaceAlias v0 -NetNamespace {0}'
            Told = '"Add route" on target "203.0.113.0/24 via 192.0.2.1 dev v0 in {0}"' }
        @{ Text = 'New-NetRoute 198.51.100.0/24 -InterfaceAlias v0 -NetNamespace {0} -Force'
            Told = '"Replace route" on target "198.51.100.0/24 dev v0 in {0}"' }
        @{ Text = 'Remove-NetRoute 198.51.100.0/24 -NetNamespace {0}'
            Told = '"Remove route" on target "198.51.100.0/24 via ' }
        @{ Text = 'Set-NetRoute 198.51.100.0/24 -Mtu 1400 -NetNamespace {0}'
            Told = '"Change route to 198.51.100.0/24 via 192.0.2.1' }
        @{ Text = 'Set-PointToPointGateway 192.0.2.5/24 192.0.2.1 -InterfaceAlias v0 -NetNamespace {0}'
            Told = '"Set point-to-point gateway 192.0.2.1" on target "192.0.2.5/24 dev v0 in {0}"' }
    ) {
        $names = $ns, $newName, $veth.HostInterface.Name
        $line = Get-WhatIfLine ([scriptblock]::Create("$($Text -f $names) -WhatIf"))
        $line | Should -HaveCount 1
        $line | Should -MatchExactly ([regex]::Escape($Told -f $names))
    }

    It 'asks for each item once' {
        Get-WhatIfLine { Get-NetRoute -NetNamespace $ns -AddressFamily IPv4 | Remove-NetRoute -WhatIf } |
            Should -HaveCount 2
    }

    It 'plans no attachment of which one address is bad' {
        $lines = Get-WhatIfLine {
            [pscustomobject]@{ IPAddress = '10.1.2.3/24'; Gateway = '10.1.2.1' },
            [pscustomobject]@{ IPAddress = 'fd01::3/64'; Gateway = '10.1.2.1' } |
                New-ContainerEgress -ContainerId $newName -NetNamespace $ns -WhatIf `
                    -ErrorAction SilentlyContinue -ErrorVariable script:fault
        }
        $lines | Should -BeNullOrEmpty
        $fault | Should -HaveCount 1
        $fault.FullyQualifiedErrorId | Should -BeLike 'InvalidGateway,*'
    }
}
