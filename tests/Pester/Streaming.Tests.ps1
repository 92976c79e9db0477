BeforeDiscovery {
    . $PSScriptRoot/Support.ps1
    $obstacle = Get-Obstacle
}

Describe "Streaming$obstacle" -Skip:([bool] $obstacle) {
    BeforeAll {
        . $PSScriptRoot/Support.ps1
        $ns = Get-FreshNamespace -Link
        0..3999 | ForEach-Object { "route add 10.$([System.Math]::Floor($_ / 250)).$($_ % 250).0/24 dev v0" } |
            Invoke-Ip -n $ns -batch -
    }

    AfterAll {
        Remove-IfThere $ns
    }

    It 'hands over the first route before the last is read' {
        $seen = Get-NetRoute 10.* -NetNamespace $ns | ForEach-Object {
            if ($_.DestinationPrefix -eq '10.0.0.0/24') {
                Remove-NetRoute 10.15.*, 10.14.* -NetNamespace $ns
            }

            $_.DestinationPrefix
        }
        $seen[0] | Should -Be '10.0.0.0/24'
        $seen[-1] | Should -Be '10.13.249.0/24'
    }

    It 'can be broken off' {
        $seen = @(Get-NetRoute -NetNamespace $ns -RouteTable all | Select-Object -First 1)
        $seen | Should -HaveCount 1
        $count = 0
        foreach ($once in 1) {
            Get-NetRoute -NetNamespace $ns -RouteTable all | ForEach-Object { $count++; break }
        }

        $count | Should -Be 1
    }
}
