BeforeDiscovery {
    . $PSScriptRoot/Support.ps1
    $obstacle = Get-Obstacle
}

Describe "New-NetIPAddress$obstacle" -Skip:([bool] $obstacle) {
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

    It 'puts an address on an interface: <Given>' -ForEach @(
        @{ Given = '192.0.2.5/24'; Local = '192.0.2.5'; Length = 24; Family = 'IPv4' }
        @{ Given = '192.0.2.5/32'; Local = '192.0.2.5'; Length = 32; Family = 'IPv4' }
        @{ Given = 'fd00:2::5/64'; Local = 'fd00:2::5'; Length = 64; Family = 'IPv6' }
        @{ Given = 'FD00:2:0::5/128'; Local = 'fd00:2::5'; Length = 128; Family = 'IPv6' }
    ) {
        $made = New-NetIPAddress $Given -InterfaceAlias v0 -NetNamespace $ns
        $seen = @(Get-IpAddress $ns)
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
        (Get-IpAddress $ns).prefixlen | Should -Be 24
    }

    It 'takes the interface by index, and the aliases' {
        $null = New-NetIPAddress -LocalAddress 192.0.2.5/24 -ifIndex $index -NetNS $ns
        $null = New-NetIPAddress -IPAddress 192.0.2.6/24 -ifAlias v0 -Sandbox "/run/netns/$ns"
        (Get-IpAddress $ns).local | Should -Be '192.0.2.5', '192.0.2.6'
    }

    It 'sets no broadcast address, and the interface label as given' {
        $null = New-NetIPAddress 192.0.2.5/24 -InterfaceAlias v0 -NetNamespace $ns
        $null = New-NetIPAddress 10.0.0.5/24 -InterfaceAlias v0 -NetNamespace $ns -Label v0:x -Broadcast 10.0.0.255
        $seen = @(Get-IpAddress $ns)
        $seen[0].broadcast | Should -BeNullOrEmpty
        $seen[0].label | Should -Be 'v0'
        $seen[1].broadcast | Should -Be '10.0.0.255'
        $seen[1].label | Should -Be 'v0:x'
    }

    It 'sets the scope' {
        $null = New-NetIPAddress 192.0.2.5/24 -InterfaceAlias v0 -NetNamespace $ns -Scope Link
        (Get-IpAddress $ns).scope | Should -Be 'link'
    }

    It 'adds no connected route with -NoPrefixRoute: <_>' -ForEach '192.0.2.5/24', 'fd00:2::5/64' {
        $null = New-NetIPAddress $_ -InterfaceAlias v0 -NetNamespace $ns -NoPrefixRoute
        (Get-IpAddress $ns).noprefixroute | Should -BeTrue
        @(Get-RouteText $ns) + @(Get-RouteText $ns '-6 route show') | Should -HaveCount 0
    }

    It 'has an IPv6 address usable at once, without DAD' {
        $null = New-NetIPAddress fd00:2::5/64 -InterfaceAlias v0 -NetNamespace $ns
        $seen = Get-IpAddress $ns
        $seen.nodad | Should -BeTrue
        $seen.tentative | Should -BeNullOrEmpty
    }

    It 'waits for detection with -WaitForDad' {
        $made = New-NetIPAddress fd00:2::5/64 -InterfaceAlias v0 -NetNamespace $ns -WaitForDad
        "$($made.AddressState)" | Should -Be 'Preferred'
        $seen = Get-IpAddress $ns
        $seen.nodad | Should -BeNullOrEmpty
        $seen.tentative | Should -BeNullOrEmpty
    }

    It 'finds a duplicate with -WaitForDad, and removes the address' {
        Invoke-Ip -n $ns address add fd00:2::5/64 dev v1 nodad
        {
            New-NetIPAddress fd00:2::5/64 -InterfaceAlias v0 -NetNamespace $ns -WaitForDad -ErrorAction Stop
        } | Should -Throw -ErrorId 'AddressDuplicate,*'
        Get-IpAddress $ns | Should -BeNullOrEmpty
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
        } | Should -Throw -ErrorId 'RouteAlreadyExists,*'
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
        $seen = @(Get-IpAddress $ns)
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
