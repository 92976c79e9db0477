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
    }

    AfterEach {
        Remove-IfThere $ns
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

        It 'is an error for an absent interface, silent for a wildcard' {
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
            $route.NextHops[0].InterfaceIndex | Should -Be (Get-IpJson $ns 'link show dev v0').ifindex
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
}
