BeforeDiscovery {
    . $PSScriptRoot/Support.ps1
    $obstacle = Get-Obstacle
}

Describe "Remove-NetRoute$obstacle" -Skip:([bool] $obstacle) {
    BeforeAll {
        . $PSScriptRoot/Support.ps1
    }

    BeforeEach {
        $ns = Get-FreshNamespace -Link -Address '192.0.2.5/24', 'fd00:2::5/64'
        'route add 198.51.100.0/24 via 192.0.2.1 metric 10',
        'route add 198.51.100.0/24 via 192.0.2.2 metric 20',
        'route add 198.51.101.0/24 dev v1' | Invoke-Ip -n $ns -batch -
        $before = Get-Dump $ns
    }

    AfterEach {
        Remove-IfThere $ns
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

    It 'removes of given routes those that match, by <Name>' -ForEach @(
        @{ Name = 'RouteMetric'; Value = 20 }
        @{ Name = 'NextHop'; Value = '192.0.2.2' }
    ) {
        $given = @{ $Name = $Value }
        $routes = Get-NetRoute 198.51.100.0/24 -NetNamespace $ns
        ($routes | Remove-NetRoute @given -PassThru).RouteMetric | Should -Be 20
        (Get-IpJson $ns '-4 route show 198.51.100.0/24').metric | Should -Be 10
        Remove-NetRoute -InputObject $routes[0] -RouteTable 100 -PassThru | Should -BeNullOrEmpty
        (Get-IpJson $ns '-4 route show 198.51.100.0/24').metric | Should -Be 10
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
