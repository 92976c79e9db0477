BeforeDiscovery {
    . $PSScriptRoot/Support.ps1
    $obstacle = Get-Obstacle
}

Describe "Objects of an interface whose index another one has$obstacle" -Skip:([bool] $obstacle) {
    BeforeAll {
        . $PSScriptRoot/Support.ps1

        function Add-Network($Name) {
            Invoke-Ip -n $ns link set $Name up
            Invoke-Ip -n $ns addr add 10.0.0.1/24 dev $Name
            Invoke-Ip -n $ns addr add fd00::1/64 dev $Name nodad
            Invoke-Ip -n $ns route add 10.30.0.0/16 via 10.0.0.9 dev $Name
            Invoke-Ip -n $ns route add 10.40.0.0/16 nexthop via 10.0.0.8 dev $Name nexthop via 10.0.0.9 dev $Name
        }
    }

    BeforeEach {
        $ns = Get-FreshNamespace
        Invoke-Ip -n $ns link add d0 index 300 type veth peer name p0
        Add-Network d0
        $route = Get-NetRoute 10.30.0.0/16 -NetNamespace $ns
        $hops = Get-NetRoute 10.40.0.0/16 -NetNamespace $ns
        $address = Get-NetIPAddress 10.0.0.1 -NetNamespace $ns
        $address6 = Get-NetIPAddress fd00::1 -NetNamespace $ns
        Invoke-Ip -n $ns link del d0
        Invoke-Ip -n $ns link add evil0 index 300 type veth peer name p0
        Add-Network evil0
        $before = @(Invoke-Ip -n $ns route) + @(Invoke-Ip -n $ns addr show evil0 up)
    }

    AfterEach {
        Remove-IfThere $ns
    }

    It 'are refused: <Name>' -ForEach @(
        @{ Name = 'Remove-NetRoute'; Code = { $route | Remove-NetRoute } }
        @{ Name = 'Remove-NetRoute, several hops'; Code = { $hops | Remove-NetRoute } }
        @{ Name = 'Set-NetRoute'; Code = { $route | Set-NetRoute -RouteMetric 5 } }
        @{ Name = 'Remove-NetIPAddress'; Code = { $address | Remove-NetIPAddress } }
        @{ Name = 'Remove-NetIPAddress, IPv6'; Code = { $address6 | Remove-NetIPAddress } }
        @{ Name = 'Set-PointToPointGateway'; Code = { $address | Set-PointToPointGateway -Gateway 10.0.0.9 } }
    ) {
        { $ErrorActionPreference = 'Stop'; & $Code } | Should -Throw -ErrorId 'InterfaceNotFound,*'
        @(Invoke-Ip -n $ns route) + @(Invoke-Ip -n $ns addr show evil0 up) | Should -Be $before
    }
}
