BeforeDiscovery {
    . $PSScriptRoot/Support.ps1
    $obstacle = Get-Obstacle
}

Describe "Copies that JSON cut$obstacle" -Skip:([bool] $obstacle) {
    BeforeAll {
        . $PSScriptRoot/Support.ps1
    }

    BeforeEach {
        $ns = Get-FreshNamespace -Link -Address 10.0.0.1/24
    }

    AfterEach {
        Remove-IfThere $ns
    }

    It 'refuses a copy whose next hops were joined: <_>' -ForEach 'New-NetRoute', 'Remove-NetRoute' {
        Invoke-Ip -n $ns route add 10.9.0.0/16 nexthop via 10.0.0.5 weight 3 nexthop via 10.0.0.6
        $cut = @{ Routes = @(Get-NetRoute 10.9.0.0/16 -NetNamespace $ns) } | ConvertTo-Json -WarningAction Ignore |
            ConvertFrom-Json
        if ($_ -eq 'New-NetRoute') {
            Remove-NetRoute 10.9.0.0/16 -NetNamespace $ns
        }

        { $cut.Routes | & $_ -ErrorAction Stop } |
            Should -Throw -ErrorId "ParameterArgumentTransformationError,EgressNet.Commands.$($_ -replace '-')Command"
        @(Invoke-Ip -n $ns route show 10.9.0.0/16).Count | Should -Be ($_ -eq 'New-NetRoute' ? 0 : 3)
    }
}
