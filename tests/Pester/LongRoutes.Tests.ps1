BeforeDiscovery {
    . $PSScriptRoot/Support.ps1
    $obstacle = Get-Obstacle
}

Describe "Routes of many next hops$obstacle" -Skip:([bool] $obstacle) {
    BeforeAll {
        . $PSScriptRoot/Support.ps1
    }

    BeforeEach {
        $ns = Get-FreshNamespace -Link -Address 10.0.0.1/24
    }

    AfterEach {
        Remove-IfThere $ns
    }

    # Longer than 4 KB, where the kernel ends a dump that begins with it as if no route were there.
    It 'finds and removes an IPv6 route of 150' {
        1..150 | ForEach-Object { "route append fd00::/64 via fe80::$('{0:x}' -f $_) dev v0" } |
            Invoke-Ip -n $ns -6 -batch -

        (Get-NetRoute -AddressFamily IPv6 -NetNamespace $ns | Where-Object DestinationPrefix -EQ fd00::/64).NextHops |
            Should -HaveCount 150
        Get-NetRoute fd00::/64 -NetNamespace $ns | Remove-NetRoute

        { Get-NetRoute fd00::/64 -NetNamespace $ns -ErrorAction Stop } |
            Should -Throw -ErrorId 'RouteNotFound,EgressNet.Commands.GetNetRouteCommand'
    }

    # Longer than 32 KB, the most that the kernel puts into one message of a dump.
    It 'tells that one of 1,300 keeps it from reading' {
        1..1300 | ForEach-Object { "route append fd00::/64 via fe80::$('{0:x}' -f $_) dev v0" } |
            Invoke-Ip -n $ns -6 -batch -
        foreach ($read in { Get-NetRoute -NetNamespace $ns -ErrorAction Stop },
            { Get-NetRoute -AddressFamily IPv6 -NetNamespace $ns -ErrorAction Stop },
            { Get-NetRoute fd00::/64 -NetNamespace $ns -ErrorAction Stop },
            { Remove-NetRoute fd00::/64 -NetNamespace $ns -ErrorAction Stop }) {
            $read | Should -Throw '*more next hops than the kernel can list*' -ErrorId 'KernelRefused,*'
        }
    }

    It 'does not make one that nobody could list' {
        Invoke-Ip -n $ns route add 10.9.0.0/16 nexthop via 10.0.0.2 nexthop via 10.0.0.3
        $copy = Get-NetRoute 10.9.0.0/16 -NetNamespace $ns |
            ConvertTo-Json -Depth 5 | ConvertFrom-Json
        $copy.DestinationPrefix = '10.8.0.0/16'
        $copy.NextHops = @($copy.NextHops[0]) * 2100
        { $copy | New-NetRoute -NetNamespace $ns -ErrorAction Stop } |
            Should -Throw '*2100 next hops*' -ErrorId 'InvalidArgument,*'
        Get-IpJson $ns '-4 route show' | ForEach-Object dst | Should -Not -Contain '10.8.0.0/16'
    }
}
