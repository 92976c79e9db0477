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
}
