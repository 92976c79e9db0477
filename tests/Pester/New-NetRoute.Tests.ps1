BeforeDiscovery {
    . $PSScriptRoot/Support.ps1
    $obstacle = Get-Obstacle
}

Describe "New-NetRoute$obstacle" -Skip:([bool] $obstacle) {
    BeforeAll {
        . $PSScriptRoot/Support.ps1
    }

    BeforeEach {
        $ns = Get-FreshNamespace -Link -Address '192.0.2.5/24', 'fd00:2::5/64'
    }

    AfterEach {
        Remove-IfThere $ns
    }

    It 'adds a route via a gateway, with the output of Get-NetRoute' {
        $made = New-NetRoute 198.51.100.0/24 -InterfaceAlias v0 -NextHop 192.0.2.1 -NetNamespace $ns
        Get-RouteText $ns | Should -Contain '198.51.100.0/24 via 192.0.2.1 dev v0'
        $made | Should -BeOfType 'EgressNet.NetRoute'
        $made.DestinationPrefix | Should -BeExactly '198.51.100.0/24'
        $made.NextHop | Should -BeExactly '192.0.2.1'
        $made.InterfaceAlias | Should -BeExactly 'v0'
        $made.InterfaceIndex | Should -Be (Get-IpJson $ns 'link show dev v0').ifindex
        $made.RouteMetric | Should -Be 0
        $made.NetNamespace | Should -BeExactly $ns
        "$($made.AddressFamily) $($made.Protocol) $($made.Scope) $($made.RouteType)" |
            Should -Be 'IPv4 Boot Global Unicast'
        $made.RouteTable | Should -Be 254
    }

    It 'adds an on-link route with the unspecified next hop' {
        $made = New-NetRoute 198.51.100.9 -InterfaceAlias v0 -NetNamespace $ns
        $made.NextHop | Should -BeExactly '0.0.0.0'
        $made.DestinationPrefix | Should -BeExactly '198.51.100.9/32'
        Get-RouteText $ns | Should -Contain '198.51.100.9 dev v0 scope link'
    }

    It 'adds an IPv6 route' {
        $made = New-NetRoute fd00:9::/48 -InterfaceAlias v0 -NextHop fd00:2::1 -NetNamespace $ns
        $made.RouteMetric | Should -Be 1024
        Get-RouteText $ns '-6 route show' |
            Should -Contain 'fd00:9::/48 via fd00:2::1 dev v0 metric 1024 pref medium'
    }

    It 'takes every parameter' {
        $index = (Get-IpJson $ns 'link show dev v0').ifindex
        $null = New-NetRoute -DestinationPrefix 198.51.100.0/24 -InterfaceIndex $index -NextHop 203.0.113.1 `
            -OnLink -RouteMetric 77 -Protocol Static -PreferredSource 192.0.2.5 -Mtu 1400 -NetNamespace $ns
        $route = Get-IpJson $ns '-4 route show 198.51.100.0/24'
        $route.gateway | Should -Be '203.0.113.1'
        $route.flags | Should -Contain 'onlink'
        $route.metric | Should -Be 77
        $route.protocol | Should -Be 'static'
        $route.prefsrc | Should -Be '192.0.2.5'
        $route.metrics[0].mtu | Should -Be 1400
    }

    It 'takes the Linux words: <Name>' -ForEach @(
        @{ Name = 'Gateway'; Value = '192.0.2.1'; Key = 'gateway'; Seen = '192.0.2.1' }
        @{ Name = 'Metric'; Value = 5; Key = 'metric'; Seen = 5 }
        @{ Name = 'Source'; Value = '192.0.2.5'; Key = 'prefsrc'; Seen = '192.0.2.5' }
        @{ Name = 'Src'; Value = '192.0.2.5'; Key = 'prefsrc'; Seen = '192.0.2.5' }
    ) {
        $given = @{ $Name = $Value; ifAlias = 'v0'; NetNS = $ns }
        $null = New-NetRoute 198.51.100.0/24 @given
        (Get-IpJson $ns '-4 route show 198.51.100.0/24').$Key | Should -Be $Seen
    }

    It 'takes scope <Given> as ip does' -ForEach @(
        @{ Given = 'Link'; Seen = 'link' }
        @{ Given = 'Host'; Seen = 'host' }
        @{ Given = 'Global'; Seen = 'global' }
        @{ Given = 'Site'; Seen = 'site' }
    ) {
        $null = New-NetRoute 198.51.100.0/24 -InterfaceAlias v0 -Scope $Given -NetNamespace $ns
        (Get-IpJson $ns '-4 route show 198.51.100.0/24').scope | Should -Be $Seen
    }

    It 'writes into table <Given>' -ForEach @(
        @{ Given = 'main'; Number = '254' }
        @{ Given = 'local'; Number = '255' }
        @{ Given = 'default'; Number = '253' }
        @{ Given = 300; Number = '300' }
        @{ Given = '4294967295'; Number = '4294967295' }
    ) {
        $made = New-NetRoute 198.51.100.0/24 -InterfaceAlias v0 -RouteTable $Given -NetNamespace $ns
        "$($made.RouteTable)" | Should -Be $Number
        Get-IpJson $ns "-4 route show table $Number" | ForEach-Object dst | Should -Contain '198.51.100.0/24'
        (Get-NetRoute 198.51.100.0/24 -RouteTable $Given -NetNamespace $ns).DestinationPrefix |
            Should -Be '198.51.100.0/24'
    }

    It 'adds a route of type <Given>' -ForEach @(
        @{ Given = 'Blackhole'; Seen = 'blackhole' }
        @{ Given = 'Unreachable'; Seen = 'unreachable' }
        @{ Given = 'Prohibit'; Seen = 'prohibit' }
        @{ Given = 'Throw'; Seen = 'throw' }
    ) {
        $made = New-NetRoute 198.51.100.0/24 -RouteType $Given -NetNamespace $ns
        "$($made.RouteType)" | Should -Be $Given
        (Get-IpJson $ns '-4 route show 198.51.100.0/24').type | Should -Be $Seen
    }

    It 'sends IPv4 via an IPv6 gateway' {
        $made = New-NetRoute 198.51.100.0/24 -InterfaceAlias v0 -NextHop fd00:2::1 -NetNamespace $ns
        $made.NextHop | Should -BeExactly 'fd00:2::1'
        Get-RouteText $ns | Should -Contain '198.51.100.0/24 via inet6 fd00:2::1 dev v0'
    }

    It 'binds prefix, gateway, interface and namespace by name' {
        $items = foreach ($n in 1..3) {
            [pscustomobject]@{
                DestinationPrefix = "198.51.$n.0/24"
                NextHop = '192.0.2.1'
                InterfaceAlias = 'v0'
                NetNamespace = $ns
            }
        }

        ($items | New-NetRoute).DestinationPrefix | Should -Be '198.51.1.0/24', '198.51.2.0/24', '198.51.3.0/24'
    }

    It 'is an error for a route that is there' {
        Invoke-Ip -n $ns route add 198.51.100.0/24 via 192.0.2.1
        $fault = {
            New-NetRoute 198.51.100.0/24 -InterfaceAlias v0 -NextHop 192.0.2.1 -NetNamespace $ns -ErrorAction Stop
        } | Should -Throw -ErrorId 'RouteAlreadyExists,*' -PassThru
        "$($fault.TargetObject)" | Should -Be '198.51.100.0/24'
        "$fault" | Should -BeLike '*198.51.100.0/24*'
    }

    It 'replaces it with -Force' {
        Invoke-Ip -n $ns route add 198.51.100.0/24 via 192.0.2.1
        $null = New-NetRoute 198.51.100.0/24 -InterfaceAlias v0 -NextHop 192.0.2.2 -NetNamespace $ns -Force
        Get-IpJson $ns '-4 route show 198.51.100.0/24' | ForEach-Object gateway | Should -Be '192.0.2.2'
    }

    It 'is an error for an interface that is not there' {
        $fault = {
            New-NetRoute 198.51.100.0/24 -InterfaceAlias nope -NetNamespace $ns -ErrorAction Stop
        } | Should -Throw -ErrorId 'InterfaceNotFound,*' -PassThru
        $fault.TargetObject | Should -Be 'nope'
    }

    It 'is an error for a gateway that no route leads to' {
        {
            New-NetRoute 198.51.100.0/24 -InterfaceAlias v0 -NextHop 203.0.113.1 -NetNamespace $ns -ErrorAction Stop
        } | Should -Throw -ErrorId 'NextHopUnreachable,*'
    }

    It 'goes on after a bad item: good, bad, good' {
        Invoke-Ip -n $ns route add 198.51.2.0/24 dev v0
        $made = '198.51.1.0/24', '198.51.2.0/24', '198.51.3.0/24' |
            ForEach-Object { [pscustomobject]@{ DestinationPrefix = $_; InterfaceAlias = 'v0' } } |
            New-NetRoute -NetNamespace $ns -ErrorAction SilentlyContinue -ErrorVariable fault
        $made.DestinationPrefix | Should -Be '198.51.1.0/24', '198.51.3.0/24'
        $fault | Should -HaveCount 1
        "$($fault.TargetObject)" | Should -Be '198.51.2.0/24'
    }

    It 'keeps errors in their place among 300 routes' {
        Invoke-Ip -n $ns route add 10.0.130.0/24 dev v0
        $order = 0..299 |
            ForEach-Object {
                [pscustomobject]@{ DestinationPrefix = "10.$($_ -shr 8).$($_ -band 255).0/24" }
            } |
            New-NetRoute -InterfaceAlias v0 -NetNamespace $ns 2>&1
        $order | Should -HaveCount 300
        "$($order[129])" | Should -Be '10.0.129.0/24'
        $order[130] | Should -BeOfType 'System.Management.Automation.ErrorRecord'
        "$($order[130].TargetObject)" | Should -Be '10.0.130.0/24'
        "$($order[131])" | Should -Be '10.0.131.0/24'
        @(Get-IpJson $ns '-4 route show root 10.0.0.0/8') | Should -HaveCount 300
    }

    It 'stops at the first error with -ErrorAction Stop' {
        Invoke-Ip -n $ns route add 198.51.2.0/24 dev v0
        {
            '198.51.1.0/24', '198.51.2.0/24', '198.51.3.0/24' |
                ForEach-Object { [pscustomobject]@{ DestinationPrefix = $_; InterfaceAlias = 'v0' } } |
                New-NetRoute -NetNamespace $ns -ErrorAction Stop
        } | Should -Throw -ErrorId 'RouteAlreadyExists,*'
        $left = (Get-IpJson $ns '-4 route show').dst
        $left | Should -Contain '198.51.1.0/24'
        $left | Should -Not -Contain '198.51.3.0/24'
    }

    It 'adds nothing with -WhatIf' {
        $before = Get-Dump $ns
        New-NetRoute 198.51.100.0/24 -InterfaceAlias v0 -NetNamespace $ns -WhatIf | Should -BeNullOrEmpty
        Assert-Same $before (Get-Dump $ns)
    }

    It 'asks nothing with -Confirm:$false' {
        New-NetRoute 198.51.100.0/24 -InterfaceAlias v0 -NetNamespace $ns -Confirm:$false |
            Should -Not -BeNullOrEmpty
    }

    It 'tells each kernel operation with -Verbose' {
        $told = New-NetRoute 198.51.100.0/24 -InterfaceAlias v0 -NetNamespace $ns -Verbose 4>&1 |
            Where-Object { $_ -is [System.Management.Automation.VerboseRecord] }
        "$told" | Should -BeLike '*add route 198.51.100.0/24*'
    }
}
