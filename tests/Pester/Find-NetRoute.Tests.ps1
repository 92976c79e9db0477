BeforeDiscovery {
    . $PSScriptRoot/Support.ps1
    $obstacle = Get-Obstacle
}

Describe "Find-NetRoute$obstacle" -Skip:([bool] $obstacle) {
    BeforeAll {
        . $PSScriptRoot/Support.ps1
        $ns = Get-FreshNamespace -Link -Address '192.0.2.5/24', '192.0.2.6/24', 'fd00:2::5/64'
        'route add default via 192.0.2.1', 'route add default via fd00:2::1', 'address add 198.51.100.1/24 dev v1',
        'route add 203.0.113.0/24 via 198.51.100.9 table 100 metric 7',
        'route add 10.9.0.0/16 nexthop via 192.0.2.9 nexthop via 198.51.100.9', 'rule add fwmark 5 table 100',
        'rule add uidrange 1234-1234 table 100', 'route add blackhole 10.66.0.0/16', 'route add prohibit 10.67.0.0/16',
        'route add unreachable 10.68.0.0/16', 'route add throw 10.69.0.0/16', 'route add blackhole fd66::/64',
        'route add prohibit fd67::/64', 'route add unreachable fd68::/64' | Invoke-Ip -n $ns -batch -
    }

    AfterAll {
        Remove-IfThere $ns
    }

    It 'emits the address, then the route, as ip has them for <_>' -ForEach @(
        '203.0.113.9', 'fd99::1', '192.0.2.77', '10.9.1.1', '192.0.2.5', '127.0.0.1', '::1'
    ) {
        $address, $route = Find-NetRoute -RemoteIPAddress $_ -NetNamespace $ns
        $ip = Get-IpJson $ns "route get $_"
        $address | Should -BeOfType 'EgressNet.NetIPAddress'
        $route | Should -BeOfType 'EgressNet.NetRoute'
        $address.IPAddress | Should -Be $ip.prefsrc
        $found = Get-NetRoute -RouteTable $route.RouteTable -NetNamespace $ns | Where-Object { $_ -eq $route }
        @($found) | Should -HaveCount 1 -Because 'the route is the very one of the table'
        if (-not $route.NextHops -and $route.RouteType -ne 'Local') {
            $route.InterfaceAlias | Should -Be $ip.dev
            $route.NextHop | Should -Be ($ip.gateway ?? ($_ -match ':' ? '::' : '0.0.0.0'))
        }
    }

    It 'goes by <With>' -ForEach @(
        @{ With = 'the mark'; Given = @{ Mark = 5 } }, @{ With = 'the user'; Given = @{ UserId = 1234 } }
    ) {
        $route = (Find-NetRoute 203.0.113.9 -NetNamespace $ns @Given)[-1]
        "$($route.RouteTable) $($route.RouteMetric) $($route.NextHop)" | Should -Be '100 7 198.51.100.9'
    }

    It 'goes by the source, and says which interface has it' {
        $address, $route = Find-NetRoute 203.0.113.9 -LocalIPAddress 192.0.2.6 -NetNamespace $ns
        "$address $($address.InterfaceAlias) $route" | Should -Be '192.0.2.6 v0 0.0.0.0/0'
    }

    It 'goes by the interface, also a piped one' {
        $route = (Get-NetAdapter v1 -NetNamespace $ns | Find-NetRoute -RemoteIPAddress 198.51.100.77)[-1]
        "$route $($route.InterfaceAlias)" | Should -Be '198.51.100.0/24 v1'
        (Find-NetRoute 203.0.113.9 -InterfaceAlias v1 -NetNamespace $ns)[-1].Flags | Should -Be 'Cloned'
    }

    It 'tells the way of what comes in' {
        $null = Invoke-Ip netns exec $ns sh -c 'cd /proc/sys/net/ipv4; echo 1 > ip_forward; echo 0 > conf/all/rp_filter; echo 0 > conf/v1/rp_filter'
        $found = @(Find-NetRoute 203.0.113.9 -LocalIPAddress 198.51.100.7 -IncomingInterfaceAlias v1 -NetNamespace $ns)
        "$found $($found.GetType)" | Should -BeLike '0.0.0.0/0*'
        $found | Should -HaveCount 1
        $null = Invoke-Ip netns exec $ns sh -c 'echo 0 > /proc/sys/net/ipv4/conf/v1/forwarding'
        { Find-NetRoute 203.0.113.9 -LocalIPAddress 198.51.100.7 -IncomingInterfaceAlias v1 -NetNamespace $ns -ErrorAction Stop } |
            Should -Throw '*does not forward*EHOSTUNREACH*' -ErrorId 'DestinationUnreachable,*'
    }

    It 'takes several destinations and goes on after an error' {
        $routes = '10.66.0.1', '203.0.113.9', 'fd99::1' | Find-NetRoute -NetNamespace $ns -ErrorAction SilentlyContinue -ErrorVariable fault |
            Where-Object RouteTable
        "$routes" | Should -Be '0.0.0.0/0 ::/0'
        $fault | Should -HaveCount 1
        "$((Find-NetRoute 203.0.113.9, 10.9.1.1 -NetNamespace $ns | Where-Object RouteTable))" | Should -Be '0.0.0.0/0 10.9.0.0/16'
    }

    It 'pipes into Set-NetRoute and Remove-NetRoute' {
        $null = Invoke-Ip -n $ns route add 10.70.0.0/16 via 192.0.2.1
        (Find-NetRoute 10.70.0.1 -NetNamespace $ns)[-1] | Set-NetRoute -Mtu 1400
        Get-RouteText $ns '-4 route show 10.70.0.0/16' | Should -BeLike '*mtu 1400*'
        (Find-NetRoute 10.70.0.1 -NetNamespace $ns)[-1] | Remove-NetRoute
        Get-RouteText $ns '-4 route show 10.70.0.0/16' | Should -BeNullOrEmpty
    }

    It 'says why <To> cannot be reached' -ForEach @(
        @{ To = '10.66.0.1'; Id = 'DestinationUnreachable'; Text = '*10.66.0.1*blackhole*EINVAL*' }
        @{ To = '10.67.0.1'; Id = 'DestinationUnreachable'; Text = '*prohibit*EACCES*' }
        @{ To = '10.68.0.1'; Id = 'DestinationUnreachable'; Text = '*unreachable route*EHOSTUNREACH*' }
        @{ To = 'fd66::1'; Id = 'DestinationUnreachable'; Text = '*blackhole*EINVAL*' }
        @{ To = 'fd67::1'; Id = 'DestinationUnreachable'; Text = '*prohibit*EACCES*' }
        @{ To = 'fd68::1'; Id = 'DestinationUnreachable'; Text = '*unreachable route*EHOSTUNREACH*' }
    ) {
        { Find-NetRoute $To -NetNamespace $ns -ErrorAction Stop } | Should -Throw $Text -ErrorId "$Id,*"
        $Error[0].TargetObject | Should -Be $To
    }

    It 'says that no route leads there' {
        $none = Get-FreshNamespace
        try {
            { Find-NetRoute 203.0.113.9 -NetNamespace $none -ErrorAction Stop } |
                Should -Throw "203.0.113.9*$none*ENETUNREACH*" -ErrorId 'RouteNotFound,*'
        }
        finally {
            Remove-IfThere $none
        }
    }

    It 'refuses <Given> before it asks' -ForEach @(
        @{ Given = '203.0.113.9 -LocalIPAddress 203.0.113.1'; Id = 'AddressNotFound'; Text = '*203.0.113.1*' }
        @{ Given = 'fd99::1 -LocalIPAddress 192.0.2.5'; Id = 'InvalidArgument'; Text = '*192.0.2.5*family*fd99::1*' }
        @{ Given = '203.0.113.9 -InterfaceAlias nope'; Id = 'InterfaceNotFound'; Text = '*nope*' }
        @{ Given = '203.0.113.9 -IncomingInterfaceAlias nope -LocalIPAddress 192.0.2.9'; Id = 'InterfaceNotFound'; Text = '*nope*' }
        @{ Given = '203.0.113.9 -IncomingInterfaceAlias v1'; Id = 'InvalidArgument'; Text = '*LocalIPAddress*' }
        @{ Given = '203.0.113.0/24'; Id = 'ParameterArgumentTransformationError'; Text = '*RemoteIPAddress*203.0.113.0/24*' }
    ) {
        { & ([scriptblock]::Create("Find-NetRoute $Given -NetNamespace $ns -ErrorAction Stop")) } | Should -Throw $Text -ErrorId "$Id,*"
    }

    It 'takes no object for a destination' {
        { Get-NetIPAddress 192.0.2.5 -NetNamespace $ns | Find-NetRoute -ErrorAction Stop } | Should -Throw '*RemoteIPAddress*NetIPAddress*'
    }
}
