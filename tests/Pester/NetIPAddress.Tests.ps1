BeforeDiscovery {
    . $PSScriptRoot/Support.ps1
    $obstacle = Get-Obstacle
}

Describe "NetIPAddress$obstacle" -Skip:([bool] $obstacle) {
    BeforeAll {
        . $PSScriptRoot/Support.ps1

        function Get-IpAddress([string] $Device = 'v0') {
            (Get-IpJson $ns "address show dev $Device").addr_info
        }
    }

    BeforeEach {
        $ns = Get-FreshNamespace -Link
        $index = (Get-IpJson $ns 'link show dev v0').ifindex
    }

    AfterEach {
        Remove-IfThere $ns
    }

    Context 'New-NetIPAddress' {
        It 'puts an address on an interface: <Given>' -ForEach @(
            @{ Given = '192.0.2.5/24'; Local = '192.0.2.5'; Length = 24; Family = 'IPv4' }
            @{ Given = '192.0.2.5/32'; Local = '192.0.2.5'; Length = 32; Family = 'IPv4' }
            @{ Given = 'fd00:2::5/64'; Local = 'fd00:2::5'; Length = 64; Family = 'IPv6' }
            @{ Given = 'FD00:2:0::5/128'; Local = 'fd00:2::5'; Length = 128; Family = 'IPv6' }
        ) {
            $made = New-NetIPAddress $Given -InterfaceAlias v0 -NetNamespace $ns
            $seen = @(Get-IpAddress)
            $seen | Should -HaveCount 1
            $seen[0].local | Should -Be $Local
            $seen[0].prefixlen | Should -Be $Length
            $made | Should -BeOfType 'EgressNet.NetIPAddress'
            $made.IPAddress | Should -BeExactly $Local
            $made.PrefixLength | Should -Be $Length
            "$($made.AddressFamily) $($made.AddressState)" | Should -Be "$Family Preferred"
            $made.InterfaceAlias | Should -BeExactly 'v0'
            $made.InterfaceIndex | Should -Be $index
            $made.NetNamespace | Should -BeExactly $ns
            $made.ValidLifetime | Should -Be ([timespan]::MaxValue)
            "$made" | Should -BeExactly $Local
        }

        It 'takes the length apart from the address' {
            $null = New-NetIPAddress 192.0.2.5 -PrefixLength 24 -InterfaceAlias v0 -NetNamespace $ns
            (Get-IpAddress).prefixlen | Should -Be 24
        }

        It 'takes the interface by index, and the aliases' {
            $null = New-NetIPAddress -LocalAddress 192.0.2.5/24 -ifIndex $index -NetNS $ns
            $null = New-NetIPAddress -IPAddress 192.0.2.6/24 -ifAlias v0 -Sandbox "/run/netns/$ns"
            (Get-IpAddress).local | Should -Be '192.0.2.5', '192.0.2.6'
        }

        It 'sets no broadcast address and the label of the interface, as told' {
            $null = New-NetIPAddress 192.0.2.5/24 -InterfaceAlias v0 -NetNamespace $ns
            $null = New-NetIPAddress 10.0.0.5/24 -InterfaceAlias v0 -NetNamespace $ns -Label v0:x -Broadcast 10.0.0.255
            $seen = @(Get-IpAddress)
            $seen[0].broadcast | Should -BeNullOrEmpty
            $seen[0].label | Should -Be 'v0'
            $seen[1].broadcast | Should -Be '10.0.0.255'
            $seen[1].label | Should -Be 'v0:x'
        }

        It 'sets the scope' {
            $null = New-NetIPAddress 192.0.2.5/24 -InterfaceAlias v0 -NetNamespace $ns -Scope Link
            (Get-IpAddress).scope | Should -Be 'link'
        }

        It 'adds no connected route with -NoPrefixRoute: <_>' -ForEach '192.0.2.5/24', 'fd00:2::5/64' {
            $null = New-NetIPAddress $_ -InterfaceAlias v0 -NetNamespace $ns -NoPrefixRoute
            (Get-IpAddress).noprefixroute | Should -BeTrue
            @(Get-RouteText $ns) + @(Get-RouteText $ns '-6 route show') | Should -HaveCount 0
        }

        It 'has an IPv6 address usable at once, without duplicate address detection' {
            $null = New-NetIPAddress fd00:2::5/64 -InterfaceAlias v0 -NetNamespace $ns
            $seen = Get-IpAddress
            $seen.nodad | Should -BeTrue
            $seen.tentative | Should -BeNullOrEmpty
        }

        It 'waits for detection with -WaitForDad' {
            $made = New-NetIPAddress fd00:2::5/64 -InterfaceAlias v0 -NetNamespace $ns -WaitForDad
            "$($made.AddressState)" | Should -Be 'Preferred'
            $seen = Get-IpAddress
            $seen.nodad | Should -BeNullOrEmpty
            $seen.tentative | Should -BeNullOrEmpty
        }

        It 'finds a duplicate with -WaitForDad, and takes the address away' {
            Invoke-Ip -n $ns address add fd00:2::5/64 dev v1 nodad
            {
                New-NetIPAddress fd00:2::5/64 -InterfaceAlias v0 -NetNamespace $ns -WaitForDad -ErrorAction Stop
            } | Should -Throw -ErrorId 'AddressDuplicate,*'
            Get-IpAddress | Should -BeNullOrEmpty
        }

        It 'adds a default route with -DefaultGateway' {
            $null = New-NetIPAddress 192.0.2.5/24 -InterfaceAlias v0 -NetNamespace $ns -DefaultGateway 192.0.2.1
            Get-RouteText $ns | Should -Contain 'default via 192.0.2.1 dev v0'
        }

        It 'leaves nothing when the default route is refused' {
            Invoke-Ip -n $ns route add default dev v1
            $before = Get-Dump $ns
            {
                New-NetIPAddress 192.0.2.5/24 -DefaultGateway 192.0.2.1 -InterfaceAlias v0 -NetNamespace $ns -ErrorAction Stop
            } | Should -Throw -ErrorId 'AddressAlreadyExists,*'
            Assert-Same $before (Get-Dump $ns)
        }

        It 'carries a gateway for the next cmdlet' {
            $made = New-NetIPAddress 192.0.2.5/24 -InterfaceAlias v0 -NetNamespace $ns -Gateway 192.0.2.1
            $made.Gateway | Should -BeExactly '192.0.2.1'
            Get-RouteText $ns | Should -HaveCount 1
        }

        It 'binds all by property name' {
            $made = '192.0.2.5', '192.0.2.6' | ForEach-Object {
                [pscustomobject]@{ IPAddress = $_; PrefixLength = 24; InterfaceAlias = 'v0'; NetNamespace = $ns }
            } | New-NetIPAddress
            $made.IPAddress | Should -Be '192.0.2.5', '192.0.2.6'
        }

        It 'is an error for an address that is there: <_>' -ForEach '192.0.2.5/24', 'fd00:2::5/64' {
            $address = $_
            $null = New-NetIPAddress $address -InterfaceAlias v0 -NetNamespace $ns
            $before = Get-Dump $ns
            $fault = {
                New-NetIPAddress $address -InterfaceAlias v0 -NetNamespace $ns -ErrorAction Stop
            } | Should -Throw -ErrorId 'AddressAlreadyExists,*' -PassThru
            "$($fault.TargetObject)" | Should -Be $address
            "$fault" | Should -BeLike "*$address*"
            Assert-Same $before (Get-Dump $ns)
        }

        It 'replaces it with -Force: <_>' -ForEach '192.0.2.5/24', 'fd00:2::5/64' {
            $null = New-NetIPAddress $_ -InterfaceAlias v0 -NetNamespace $ns
            $made = New-NetIPAddress $_ -InterfaceAlias v0 -NetNamespace $ns -NoPrefixRoute -Force
            "$($made.Flags)" | Should -BeLike '*NoPrefixRoute*'
            $seen = @(Get-IpAddress)
            $seen | Should -HaveCount 1
            $seen[0].noprefixroute | Should -BeTrue
        }

        It 'is an error for an interface that is not there' {
            $fault = {
                New-NetIPAddress 192.0.2.5/24 -InterfaceAlias nope -NetNamespace $ns -ErrorAction Stop
            } | Should -Throw -ErrorId 'InterfaceNotFound,*' -PassThru
            $fault.TargetObject | Should -Be 'nope'
            "$fault" | Should -BeLike "*nope*$ns*"
        }

        It 'goes on after a bad item: good, bad, good' {
            Invoke-Ip -n $ns address add 192.0.2.6/24 dev v0
            $made = '192.0.2.5/24', '192.0.2.6/24', '192.0.2.7/24' |
                ForEach-Object { [pscustomobject]@{ IPAddress = $_ } } |
                New-NetIPAddress -InterfaceAlias v0 -NetNamespace $ns `
                    -ErrorAction SilentlyContinue -ErrorVariable fault
            $made.IPAddress | Should -Be '192.0.2.5', '192.0.2.7'
            $fault | Should -HaveCount 1
            "$($fault.TargetObject)" | Should -Be '192.0.2.6/24'
        }

        It 'adds nothing with -WhatIf' {
            $before = Get-Dump $ns
            New-NetIPAddress 192.0.2.5/24 -InterfaceAlias v0 -NetNamespace $ns -WhatIf | Should -BeNullOrEmpty
            Assert-Same $before (Get-Dump $ns)
        }

        It 'asks nothing with -Confirm:$false' {
            (New-NetIPAddress 192.0.2.5/24 -InterfaceAlias v0 -NetNamespace $ns -Confirm:$false).IPAddress |
                Should -Be '192.0.2.5'
        }
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

        It 'is an error for a literal that is not there, silent for a wildcard' {
            $fault = { Get-NetIPAddress 10.9.9.9 -NetNamespace $ns -ErrorAction Stop } |
                Should -Throw -ErrorId 'AddressNotFound,*' -PassThru
            $fault.TargetObject | Should -Be '10.9.9.9'
            Get-NetIPAddress 10.9.* -NetNamespace $ns -ErrorAction Stop | Should -BeNullOrEmpty
        }

        It 'is an error for a literal interface that is not there, silent for a wildcard' {
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
            (Get-IpAddress v1).local | Should -Be '192.0.2.5'
        }

        It 'removes an IPv6 address, however written' {
            Remove-NetIPAddress FD00:2:0::5 -NetNamespace $ns
            (Get-IpAddress).local | Should -Be '192.0.2.5'
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
            (Get-IpAddress v0).local | Should -Contain '192.0.2.5'
            (Get-IpAddress v1).local | Should -Be '192.0.2.7'
        }

        It 'removes both with -Force, and with a wildcard' {
            $gone = Remove-NetIPAddress 192.0.2.5 -NetNamespace $ns -Force -PassThru
            $gone | Should -HaveCount 2
            $gone | Should -BeOfType 'EgressNet.NetIPAddress'
            Remove-NetIPAddress 192.0.2.* -NetNamespace $ns
            Get-IpAddress v1 | Should -BeNullOrEmpty
        }

        It 'removes exactly the one piped in' {
            Get-NetIPAddress 192.0.2.5 -InterfaceAlias v1 -NetNamespace $ns | Remove-NetIPAddress
            (Get-IpAddress v0).local | Should -Contain '192.0.2.5'
            (Get-IpAddress v1).local | Should -Be '192.0.2.7'
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
            (Get-IpAddress v1).local | Should -Be '192.0.2.5'
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
            Get-IpAddress | Should -BeNullOrEmpty
            $address | New-NetIPAddress | Should -Not -BeNullOrEmpty
            Assert-Same $before (Get-Dump $ns)
        }
    }
}
