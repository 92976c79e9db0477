BeforeDiscovery {
    . $PSScriptRoot/Support.ps1
    $obstacle = Get-Obstacle
}

Describe "Set-NetRoute$obstacle" -Skip:([bool] $obstacle) {
    BeforeAll {
        . $PSScriptRoot/Support.ps1
    }

    BeforeEach {
        $ns = Get-FreshNamespace -Link -Address '192.0.2.5/24', 'fd00:2::5/64'
        Invoke-Ip -n $ns route add 198.51.100.0/24 via 192.0.2.1 metric 10
        $before = Get-Dump $ns
    }

    AfterEach {
        Remove-IfThere $ns
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
