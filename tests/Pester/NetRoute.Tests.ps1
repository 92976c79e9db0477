BeforeDiscovery {
    . $PSScriptRoot/Support.ps1
    $obstacle = Get-Obstacle
}

Describe "NetRoute$obstacle" -Skip:([bool] $obstacle) {
    BeforeAll {
        . $PSScriptRoot/Support.ps1
    }

    BeforeEach {
        $ns = Get-FreshNamespace -Link -Address '192.0.2.5/24', 'fd00:2::5/64'
        $index = (Get-IpJson $ns 'link show dev v0').ifindex
    }

    AfterEach {
        Remove-IfThere $ns
    }

    Context 'New-NetRoute' {
        It 'adds a route via a gateway, and emits it as Get-NetRoute does' {
            $made = New-NetRoute 198.51.100.0/24 -InterfaceAlias v0 -NextHop 192.0.2.1 -NetNamespace $ns
            Get-RouteText $ns | Should -Contain '198.51.100.0/24 via 192.0.2.1 dev v0'
            $made | Should -BeOfType 'EgressNet.NetRoute'
            $made.DestinationPrefix | Should -BeExactly '198.51.100.0/24'
            $made.NextHop | Should -BeExactly '192.0.2.1'
            $made.InterfaceAlias | Should -BeExactly 'v0'
            $made.InterfaceIndex | Should -Be $index
            $made.RouteMetric | Should -Be 0
            $made.NetNamespace | Should -BeExactly $ns
            "$($made.AddressFamily) $($made.Protocol) $($made.Scope) $($made.RouteType)" |
                Should -Be 'IPv4 Boot Global Unicast'
            $made.RouteTable | Should -Be 254
        }

        It 'adds an on-link route, whose next hop is the unspecified address' {
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

        It 'binds destination, gateway, interface and namespace by property name' {
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

    Context 'Get-NetRoute' {
        BeforeEach {
            'route add default via 192.0.2.1',
            'route add 198.51.100.0/24 via 192.0.2.1 metric 10 proto static',
            'route add 198.51.100.0/24 via 192.0.2.2 metric 20',
            'route add 198.51.101.0/24 dev v1 src 192.0.2.5',
            'route add blackhole 203.0.113.0/24',
            'route add 10.0.0.0/8 dev v0 table 300' | Invoke-Ip -n $ns -batch -
        }

        It 'lists the main table, both families, as ip does' {
            $theirs = @(Get-IpJson $ns '-4 route show') + @(Get-IpJson $ns '-6 route show')
            @(Get-NetRoute -NetNamespace $ns) | Should -HaveCount $theirs.Count
            @(Get-NetRoute -NetNamespace $ns -AddressFamily IPv6) |
                Should -HaveCount @(Get-IpJson $ns '-6 route show').Count
        }

        It 'writes every route as ip does, with a length' {
            $ours = Get-NetRoute -NetNamespace $ns -AddressFamily IPv4 | ForEach-Object {
                $hop = if ($_.NextHop -ne '0.0.0.0') { $_.NextHop } else { '' }
                "$($_.DestinationPrefix) $hop $($_.InterfaceAlias) $($_.RouteMetric)"
            }
            $theirs = Get-IpJson $ns '-4 route show' | ForEach-Object {
                $dst = $_.dst -replace '^default$', '0.0.0.0/0' -replace '^[\d.]+$', '$0/32'
                "$dst $($_.gateway) $($_.dev) $([int] $_.metric)"
            }
            $ours | Should -BeExactly $theirs
        }

        It 'filters by <Name> <Value>' -ForEach @(
            @{ Name = 'DestinationPrefix'; Value = '0.0.0.0/0'; Seen = '0.0.0.0/0' }
            @{ Name = 'DestinationPrefix'; Value = '198.51.1*'
                Seen = '198.51.100.0/24', '198.51.100.0/24', '198.51.101.0/24' }
            @{ Name = 'InterfaceAlias'; Value = 'v1'; Seen = '198.51.101.0/24' }
            @{ Name = 'ifAlias'; Value = '?1'; Seen = '198.51.101.0/24' }
            @{ Name = 'NextHop'; Value = '192.0.2.2'; Seen = '198.51.100.0/24' }
            @{ Name = 'Gateway'; Value = '*.2.2'; Seen = '198.51.100.0/24' }
            @{ Name = 'RouteMetric'; Value = 10, 20; Seen = '198.51.100.0/24', '198.51.100.0/24' }
            @{ Name = 'Metric'; Value = 20; Seen = '198.51.100.0/24' }
            @{ Name = 'Protocol'; Value = 'Static'; Seen = '198.51.100.0/24' }
            @{ Name = 'Scope'; Value = 'Link'; Seen = '192.0.2.0/24', '198.51.101.0/24' }
            @{ Name = 'RouteType'; Value = 'Blackhole'; Seen = '203.0.113.0/24' }
            @{ Name = 'PreferredSource'; Value = '192.0.2.5'; Seen = '192.0.2.0/24', '198.51.101.0/24' }
            @{ Name = 'Src'; Value = '192.0.*'; Seen = '192.0.2.0/24', '198.51.101.0/24' }
            @{ Name = 'RouteTable'; Value = 300; Seen = '10.0.0.0/8' }
        ) {
            $given = @{ $Name = $Value }
            (Get-NetRoute @given -NetNamespace $ns -AddressFamily IPv4).DestinationPrefix | Should -Be $Seen
        }

        It 'reads every table with -RouteTable all' {
            $tables = Get-NetRoute -RouteTable all -NetNamespace $ns | ForEach-Object { "$($_.RouteTable)" }
            $tables | Should -Contain '254'
            $tables | Should -Contain '255'
            $tables | Should -Contain '300'
        }

        It 'filters by interface index, by property name' {
            $seen = Get-NetAdapter v1 -NetNamespace $ns | Get-NetRoute
            $seen.DestinationPrefix | Should -Be '198.51.101.0/24'
        }

        It 'is an error for a literal destination that is not there' {
            $fault = { Get-NetRoute 10.99.0.0/16 -NetNamespace $ns -ErrorAction Stop } |
                Should -Throw -ErrorId 'RouteNotFound,*' -PassThru
            $fault.TargetObject | Should -Be '10.99.0.0/16'
        }

        It 'is silent for a wildcard that matches nothing' {
            Get-NetRoute 10.99.* -NetNamespace $ns -ErrorAction Stop | Should -BeNullOrEmpty
        }

        It 'is an error for a literal interface that is not there, silent for a wildcard' {
            { Get-NetRoute -InterfaceAlias nope -NetNamespace $ns -ErrorAction Stop } |
                Should -Throw -ErrorId 'InterfaceNotFound,*'
            Get-NetRoute -InterfaceAlias nope* -NetNamespace $ns -ErrorAction Stop | Should -BeNullOrEmpty
        }

        It 'is an error for a namespace that is not there' {
            $gone = "$ns-gone"
            $fault = { Get-NetRoute -NetNamespace $gone -ErrorAction Stop } |
                Should -Throw -ErrorId 'NetNamespaceNotFound,*' -PassThru
            "$($fault.TargetObject)" | Should -Be $gone
        }

        It 'reads the hops of a multipath route' {
            Invoke-Ip -n $ns route add 10.7.0.0/16 nexthop via 192.0.2.1 weight 3 nexthop dev v1 weight 1
            $route = Get-NetRoute 10.7.0.0/16 -NetNamespace $ns
            $route.NextHops | Should -HaveCount 2
            "$($route.NextHops[0].Gateway)" | Should -Be '192.0.2.1'
            $route.NextHops[0].InterfaceIndex | Should -Be $index
        }

        It 'orders routes by destination and metric' {
            $low = Get-NetRoute 198.51.100.0/24 -RouteMetric 10 -NetNamespace $ns
            $high = Get-NetRoute 198.51.100.0/24 -RouteMetric 20 -NetNamespace $ns
            $low.CompareTo($high) | Should -BeLessThan 0
            "$low" | Should -Be '198.51.100.0/24'
        }

        It 'has ifIndex and ifAlias' {
            $route = Get-NetRoute 198.51.101.0/24 -NetNamespace $ns
            $route.ifAlias | Should -Be 'v1'
            $route.ifIndex | Should -Be $route.InterfaceIndex
        }

        It 'hands over the first route before the last is read' {
            $script:seen = 0
            1..200 | ForEach-Object { [pscustomobject]@{ DestinationPrefix = "10.1.$_.0/24"; InterfaceAlias = 'v0' } } |
                New-NetRoute -NetNamespace $ns | Out-Null
            try {
                Get-NetRoute -NetNamespace $ns | ForEach-Object { $script:seen++; throw 'enough' }
            }
            catch {
                "$_" | Should -Be 'enough'
            }

            $script:seen | Should -Be 1
        }
    }

    Context 'Remove-NetRoute' {
        BeforeEach {
            'route add 198.51.100.0/24 via 192.0.2.1 metric 10',
            'route add 198.51.100.0/24 via 192.0.2.2 metric 20',
            'route add 198.51.101.0/24 dev v1' | Invoke-Ip -n $ns -batch -
            $before = Get-Dump $ns
        }

        It 'removes by key, and says nothing' {
            Remove-NetRoute 198.51.101.0/24 -NetNamespace $ns | Should -BeNullOrEmpty
            Get-IpJson $ns '-4 route show' | ForEach-Object dst | Should -Not -Contain '198.51.101.0/24'
        }

        It 'removes the default route' {
            Invoke-Ip -n $ns route add default via 192.0.2.1
            Remove-NetRoute 0.0.0.0/0 -NetNamespace $ns
            Assert-Same $before (Get-Dump $ns)
        }

        It 'refuses a key that several routes have, and removes none' {
            $fault = { Remove-NetRoute 198.51.100.0/24 -NetNamespace $ns -ErrorAction Stop } |
                Should -Throw -ErrorId 'RouteAmbiguous,*' -PassThru
            $fault.TargetObject | Should -Be '198.51.100.0/24'
            Assert-Same $before (Get-Dump $ns)
        }

        It 'removes them all with -Force' {
            @(Remove-NetRoute 198.51.100.0/24 -NetNamespace $ns -Force -PassThru) | Should -HaveCount 2
            @(Get-IpJson $ns '-4 route show 198.51.100.0/24') | Should -HaveCount 0
        }

        It 'removes them all with a wildcard' {
            Remove-NetRoute 198.51.* -NetNamespace $ns
            (Get-IpJson $ns '-4 route show').dst | Should -Be '192.0.2.0/24'
        }

        It 'narrows the key by <Name>' -ForEach @(
            @{ Name = 'RouteMetric'; Value = 20 }
            @{ Name = 'Metric'; Value = 20 }
            @{ Name = 'NextHop'; Value = '192.0.2.2' }
            @{ Name = 'Gateway'; Value = '192.0.2.2' }
        ) {
            $given = @{ $Name = $Value }
            Remove-NetRoute 198.51.100.0/24 @given -NetNamespace $ns
            (Get-IpJson $ns '-4 route show 198.51.100.0/24').metric | Should -Be 10
        }

        It 'removes exactly the one piped in' {
            Get-NetRoute 198.51.100.0/24 -RouteMetric 10 -NetNamespace $ns | Remove-NetRoute
            (Get-IpJson $ns '-4 route show 198.51.100.0/24').metric | Should -Be 20
        }

        It 'emits what it removed with -PassThru' {
            $gone = Remove-NetRoute 198.51.101.0/24 -NetNamespace $ns -PassThru
            $gone | Should -BeOfType 'EgressNet.NetRoute'
            $gone.DestinationPrefix | Should -Be '198.51.101.0/24'
        }

        It 'is an error for a route that is not there' {
            $fault = { Remove-NetRoute 10.99.0.0/16 -NetNamespace $ns -ErrorAction Stop } |
                Should -Throw -ErrorId 'RouteNotFound,*' -PassThru
            $fault.TargetObject | Should -Be '10.99.0.0/16'
        }

        It 'is an error for a piped route that is gone' {
            $route = Get-NetRoute 198.51.101.0/24 -NetNamespace $ns
            Invoke-Ip -n $ns route del 198.51.101.0/24
            $fault = { $route | Remove-NetRoute -ErrorAction Stop } |
                Should -Throw -ErrorId 'RouteNotFound,*' -PassThru
            $fault.TargetObject.DestinationPrefix | Should -Be '198.51.101.0/24'
        }

        It 'is silent for a wildcard that matches nothing' {
            Remove-NetRoute 10.99.* -NetNamespace $ns -ErrorAction Stop | Should -BeNullOrEmpty
        }

        It 'goes on after a bad item: good, bad, good' {
            $routes = @(Get-NetRoute 198.51.* -NetNamespace $ns)
            Invoke-Ip -n $ns route del 198.51.100.0/24 metric 20
            $gone = $routes | Remove-NetRoute -PassThru -ErrorAction SilentlyContinue -ErrorVariable fault
            $gone | Should -HaveCount 2
            $fault | Should -HaveCount 1
            (Get-IpJson $ns '-4 route show').dst | Should -Be '192.0.2.0/24'
        }

        It 'removes nothing with -WhatIf' {
            Remove-NetRoute 198.51.* -NetNamespace $ns -WhatIf -PassThru | Should -BeNullOrEmpty
            Get-NetRoute 198.51.* -NetNamespace $ns | Remove-NetRoute -WhatIf
            Assert-Same $before (Get-Dump $ns)
        }

        It 'removes nothing without a selector' {
            { Get-NetRoute -NetNamespace $ns | ForEach-Object { $null } | Remove-NetRoute } | Should -Not -Throw
            Assert-Same $before (Get-Dump $ns)
        }

        It 'asks nothing with -Confirm:$false' {
            Remove-NetRoute 198.51.101.0/24 -NetNamespace $ns -Confirm:$false
            Get-IpJson $ns '-4 route show' | ForEach-Object dst | Should -Not -Contain '198.51.101.0/24'
        }

        It 'leaves the other tables alone' {
            Invoke-Ip -n $ns route add 10.0.0.0/8 dev v0 table 300
            Invoke-Ip -n $ns route add 10.0.0.0/8 dev v0
            Remove-NetRoute 10.0.0.0/8 -RouteTable 300 -NetNamespace $ns
            Get-IpJson $ns '-4 route show' | ForEach-Object dst | Should -Contain '10.0.0.0/8'
        }
    }

    Context 'the round trip Get, Remove, New' {
        It 'leaves <Words> as it was' -ForEach @(
            @{ Words = 'default via 192.0.2.1' }
            @{ Words = '10.0.0.0/8 via 192.0.2.1 metric 7 proto static' }
            @{ Words = '10.0.0.0/8 dev v0 scope link src 192.0.2.5' }
            @{ Words = '10.0.0.0/8 dev v0 table 300' }
            @{ Words = '10.0.0.0/8 via 203.0.113.1 dev v0 onlink' }
            @{ Words = '10.0.0.0/8 via inet6 fd00:2::1 dev v0' }
            @{ Words = '10.0.0.0/8 via 192.0.2.1 mtu lock 1400 advmss 1300 initcwnd 20' }
            @{ Words = '10.0.0.0/8 nexthop via 192.0.2.1 weight 3 nexthop dev v1' }
            @{ Words = 'blackhole 10.0.0.0/8' }
            @{ Words = 'unreachable 10.0.0.0/8 metric 9' }
            @{ Words = 'prohibit 10.0.0.0/8' }
            @{ Words = 'throw 10.0.0.0/8' }
            @{ Words = '10.0.0.0/8 dev v0 tos 0x10' }
            @{ Words = 'default via fd00:2::1' }
            @{ Words = 'fd00:9::/48 via fd00:2::1 metric 7 pref high' }
            @{ Words = 'fd00:9::/48 dev v0 src fd00:2::5' }
            @{ Words = 'blackhole fd00:9::/48' }
            @{ Words = 'fd00:9::/48 nexthop via fd00:2::1 nexthop via fd00:2::2' }
        ) {
            $words2 = $Words.Split(' ')
            $family = if ($Words.Contains('fd00:') -and -not $Words.Contains('inet6')) { '-6' } else { '-4' }
            $key = if ($Words.Contains('default')) { '*.0/0', '::/0' } else { '10.0.0.0/*', 'fd00:9:*' }
            Invoke-Ip -n $ns $family route add @words2
            $before = Get-Dump $ns
            $routes = @(Get-NetRoute $key -RouteTable all -NetNamespace $ns)
            $routes | Should -HaveCount 1
            $routes | Remove-NetRoute
            Get-Dump $ns | Should -Not -Be $before
            ($routes | New-NetRoute).DestinationPrefix | Should -Be $routes[0].DestinationPrefix
            Assert-Same $before (Get-Dump $ns)
        }
    }

    Context 'Set-NetRoute' {
        BeforeEach {
            Invoke-Ip -n $ns route add 198.51.100.0/24 via 192.0.2.1 metric 10
            $before = Get-Dump $ns
        }

        It 'changes the metric: one route, with the new one' {
            Set-NetRoute 198.51.100.0/24 -RouteMetric 30 -NetNamespace $ns | Should -BeNullOrEmpty
            $routes = @(Get-IpJson $ns '-4 route show 198.51.100.0/24')
            $routes | Should -HaveCount 1
            $routes[0].metric | Should -Be 30
            $routes[0].gateway | Should -Be '192.0.2.1'
        }

        It 'changes the MTU and takes it away' {
            Set-NetRoute 198.51.100.0/24 -Mtu 1300 -NetNamespace $ns
            (Get-IpJson $ns '-4 route show 198.51.100.0/24').metrics[0].mtu | Should -Be 1300
            Set-NetRoute 198.51.100.0/24 -Mtu 0 -NetNamespace $ns
            Assert-Same $before (Get-Dump $ns)
        }

        It 'changes the gateway' {
            Set-NetRoute 198.51.100.0/24 -NextHop 192.0.2.9 -NetNamespace $ns
            (Get-IpJson $ns '-4 route show 198.51.100.0/24').gateway | Should -Be '192.0.2.9'
        }

        It 'takes the gateway away' {
            Set-NetRoute 198.51.100.0/24 -Gateway 0.0.0.0 -NetNamespace $ns
            Get-RouteText $ns | Should -Contain '198.51.100.0/24 dev v0 scope link metric 10'
        }

        It 'changes the preferred source' {
            Set-NetRoute 198.51.100.0/24 -Src 192.0.2.5 -NetNamespace $ns
            (Get-IpJson $ns '-4 route show 198.51.100.0/24').prefsrc | Should -Be '192.0.2.5'
        }

        It 'changes an IPv6 route in place' {
            Invoke-Ip -n $ns route add fd00:9::/48 via fd00:2::1
            Set-NetRoute fd00:9::/48 -NextHop fd00:2::9 -NetNamespace $ns
            Get-IpJson $ns '-6 route show fd00:9::/48' | ForEach-Object gateway | Should -Be 'fd00:2::9'
        }

        It 'changes the route piped in, of its namespace' {
            Get-NetRoute 198.51.100.0/24 -NetNamespace $ns | Set-NetRoute -Metric 5
            (Get-IpJson $ns '-4 route show 198.51.100.0/24').metric | Should -Be 5
        }

        It 'emits the route as it is then with -PassThru' {
            $set = Set-NetRoute 198.51.100.0/24 -RouteMetric 30 -NetNamespace $ns -PassThru
            $set | Should -BeOfType 'EgressNet.NetRoute'
            $set.RouteMetric | Should -Be 30
            $set.NetNamespace | Should -Be $ns
        }

        It 'keeps the old route when the new one is refused' {
            { Set-NetRoute 198.51.100.0/24 -NextHop 203.0.113.9 -RouteMetric 4 -NetNamespace $ns -ErrorAction Stop } |
                Should -Throw -ErrorId 'NextHopUnreachable,*'
            Assert-Same $before (Get-Dump $ns)
        }

        It 'changes nothing with -WhatIf' {
            Set-NetRoute 198.51.100.0/24 -RouteMetric 30 -NetNamespace $ns -WhatIf -PassThru | Should -BeNullOrEmpty
            Assert-Same $before (Get-Dump $ns)
        }

        It 'is an error for a route that is not there' {
            $fault = { Set-NetRoute 10.99.0.0/16 -RouteMetric 1 -NetNamespace $ns -ErrorAction Stop } |
                Should -Throw -ErrorId 'RouteNotFound,*' -PassThru
            $fault.TargetObject | Should -Be '10.99.0.0/16'
        }

        It 'refuses a destination that several routes have' {
            Invoke-Ip -n $ns route add 198.51.100.0/24 via 192.0.2.2 metric 20
            { Set-NetRoute 198.51.100.0/24 -Mtu 1300 -NetNamespace $ns -ErrorAction Stop } |
                Should -Throw -ErrorId 'RouteAmbiguous,*'
        }

        It 'goes on after a bad item' {
            Invoke-Ip -n $ns route add 198.51.102.0/24 dev v1
            $set = Set-NetRoute 198.51.100.0/24, 10.99.0.0/16, 198.51.102.0/24 -Mtu 1300 -NetNamespace $ns `
                -PassThru -ErrorAction SilentlyContinue -ErrorVariable fault
            $set.DestinationPrefix | Should -Be '198.51.100.0/24', '198.51.102.0/24'
            $fault | Should -HaveCount 1
        }
    }
}
