BeforeDiscovery {
    . $PSScriptRoot/Support.ps1
    $obstacle = Get-Obstacle
}

Describe "NetIPAddress$obstacle" -Skip:([bool] $obstacle) {
    BeforeAll {
        . $PSScriptRoot/Support.ps1
    }

    BeforeEach {
        $ns = Get-FreshNamespace -Link
        $index = (Get-IpJson $ns 'link show dev v0').ifindex
    }

    AfterEach {
        Remove-IfThere $ns
    }

    Context 'Get-NetIPAddress' {
        BeforeEach {
            'address add 192.0.2.5/24 dev v0',
            'address add 192.0.2.6/32 dev v1 scope link',
            'address add fd00:2::5/64 dev v0 nodad' | Invoke-Ip -n $ns -batch -
        }

        It 'lists what ip lists' {
            $ours = Get-NetIPAddress -NetNamespace $ns -AddressFamily IPv4 | ForEach-Object { "$_/$($_.PrefixLength)" }
            $theirs = (Get-IpJson $ns '-4 address show').addr_info | ForEach-Object { "$($_.local)/$($_.prefixlen)" }
            $ours | Should -Be $theirs
        }

        It 'filters by <Name> <Value>' -ForEach @(
            @{ Name = 'IPAddress'; Value = '192.0.2.5'; Seen = '192.0.2.5' }
            @{ Name = 'IPAddress'; Value = '192.0.*'; Seen = '192.0.2.6', '192.0.2.5' }
            @{ Name = 'IPAddress'; Value = 'FD00:2::*'; Seen = 'fd00:2::5' }
            @{ Name = 'IPAddress'; Value = 'fd00:2:0:0::5'; Seen = 'fd00:2::5' }
            @{ Name = 'InterfaceAlias'; Value = 'v1'; Seen = '192.0.2.6' }
            @{ Name = 'ifAlias'; Value = '*1'; Seen = '192.0.2.6' }
            @{ Name = 'AddressFamily'; Value = 'IPv6'; Seen = '::1', 'fd00:2::5' }
            @{ Name = 'PrefixLength'; Value = 24, 64; Seen = '192.0.2.5', 'fd00:2::5' }
            @{ Name = 'Scope'; Value = 'Link'; Seen = '192.0.2.6' }
            @{ Name = 'AddressState'; Value = 'Tentative'; Seen = $null }
        ) {
            $given = @{ $Name = $Value }
            (Get-NetIPAddress @given -NetNamespace $ns).IPAddress | Should -Be $Seen
        }

        It 'takes the interface from the pipeline' {
            (Get-NetAdapter v1 -NetNamespace $ns | Get-NetIPAddress).IPAddress | Should -Be '192.0.2.6'
        }

        It 'is an error for an absent literal, silent for a wildcard' {
            $fault = { Get-NetIPAddress 10.9.9.9 -NetNamespace $ns -ErrorAction Stop } |
                Should -Throw -ErrorId 'AddressNotFound,*' -PassThru
            $fault.TargetObject | Should -Be '10.9.9.9'
            Get-NetIPAddress 10.9.* -NetNamespace $ns -ErrorAction Stop | Should -BeNullOrEmpty
        }

        It 'is an error for an absent interface, silent for a wildcard' {
            { Get-NetIPAddress -InterfaceAlias nope -NetNamespace $ns -ErrorAction Stop } |
                Should -Throw -ErrorId 'InterfaceNotFound,*'
            Get-NetIPAddress -InterfaceAlias nope* -NetNamespace $ns -ErrorAction Stop | Should -BeNullOrEmpty
        }

        It 'has ifIndex and ifAlias' {
            $address = Get-NetIPAddress 192.0.2.5 -NetNamespace $ns
            $address.ifIndex | Should -Be $index
            $address.ifAlias | Should -Be 'v0'
        }
    }

    Context 'Remove-NetIPAddress' {
        BeforeEach {
            'address add 192.0.2.5/24 dev v0',
            'address add 192.0.2.5/32 dev v1',
            'address add 192.0.2.7/24 dev v1',
            'address add fd00:2::5/64 dev v0 nodad' | Invoke-Ip -n $ns -batch -
            $before = Get-Dump $ns
        }

        It 'removes by key, and says nothing' {
            Remove-NetIPAddress 192.0.2.7 -NetNamespace $ns | Should -BeNullOrEmpty
            (Get-IpAddress $ns v1).local | Should -Be '192.0.2.5'
        }

        It 'removes an IPv6 address, however written' {
            Remove-NetIPAddress FD00:2:0::5 -NetNamespace $ns
            (Get-IpAddress $ns).local | Should -Be '192.0.2.5'
        }

        It 'refuses an address that is there twice, and removes none' {
            $fault = { Remove-NetIPAddress 192.0.2.5 -NetNamespace $ns -ErrorAction Stop } |
                Should -Throw -ErrorId 'AddressAmbiguous,*' -PassThru
            $fault.TargetObject | Should -Be '192.0.2.5'
            Assert-Same $before (Get-Dump $ns)
        }

        It 'narrows by <Name>' -ForEach @(
            @{ Name = 'InterfaceAlias'; Value = 'v1' }
            @{ Name = 'PrefixLength'; Value = 32 }
        ) {
            $given = @{ $Name = $Value }
            Remove-NetIPAddress 192.0.2.5 @given -NetNamespace $ns
            (Get-IpAddress $ns v0).local | Should -Contain '192.0.2.5'
            (Get-IpAddress $ns v1).local | Should -Be '192.0.2.7'
        }

        It 'removes both with -Force, and with a wildcard' {
            $gone = Remove-NetIPAddress 192.0.2.5 -NetNamespace $ns -Force -PassThru
            $gone | Should -HaveCount 2
            $gone | Should -BeOfType 'EgressNet.NetIPAddress'
            Remove-NetIPAddress 192.0.2.* -NetNamespace $ns
            Get-IpAddress $ns v1 | Should -BeNullOrEmpty
        }

        It 'removes exactly the one piped in' {
            Get-NetIPAddress 192.0.2.5 -InterfaceAlias v1 -NetNamespace $ns | Remove-NetIPAddress
            (Get-IpAddress $ns v0).local | Should -Contain '192.0.2.5'
            (Get-IpAddress $ns v1).local | Should -Be '192.0.2.7'
        }

        It 'is an error for an address that is not there, and goes on' {
            $gone = Remove-NetIPAddress 192.0.2.7, 10.9.9.9, fd00:2::5 -NetNamespace $ns -PassThru `
                -ErrorAction SilentlyContinue -ErrorVariable fault
            $gone.IPAddress | Should -Be '192.0.2.7', 'fd00:2::5'
            $fault | Should -HaveCount 1
            $fault.FullyQualifiedErrorId | Should -Be 'AddressNotFound,EgressNet.Commands.RemoveNetIPAddressCommand'
            $fault.TargetObject | Should -Be '10.9.9.9'
        }

        It 'is silent for a wildcard that matches nothing' {
            Remove-NetIPAddress 10.9.* -NetNamespace $ns -ErrorAction Stop | Should -BeNullOrEmpty
        }

        It 'removes nothing with -WhatIf' {
            Remove-NetIPAddress * -NetNamespace $ns -WhatIf -PassThru | Should -BeNullOrEmpty
            Assert-Same $before (Get-Dump $ns)
        }

        It 'asks nothing with -Confirm:$false' {
            Remove-NetIPAddress 192.0.2.7 -NetNamespace $ns -Confirm:$false
            (Get-IpAddress $ns v1).local | Should -Be '192.0.2.5'
        }
    }

    Context 'the round trip Get, Remove, New' {
        It 'leaves <Words> as it was' -ForEach @(
            @{ Words = '192.0.2.5/24' }
            @{ Words = '192.0.2.5/24 brd + label v0:x scope link' }
            @{ Words = '192.0.2.5/32 noprefixroute' }
            @{ Words = '192.0.2.5 peer 192.0.2.9/32' }
            @{ Words = 'fd00:2::5/64 nodad' }
            @{ Words = 'fd00:2::5/128 nodad noprefixroute' }
            @{ Words = 'fd00:2::5 peer fd00:2::9/128 nodad' }
        ) {
            $words2 = $Words.Split(' ')
            Invoke-Ip -n $ns address add @words2 dev v0
            $before = Get-Dump $ns
            $address = @(Get-NetIPAddress -InterfaceAlias v0 -NetNamespace $ns)
            $address | Should -HaveCount 1
            $address | Remove-NetIPAddress
            Get-IpAddress $ns | Should -BeNullOrEmpty
            $address | New-NetIPAddress | Should -Not -BeNullOrEmpty
            Assert-Same $before (Get-Dump $ns)
        }
    }
}
