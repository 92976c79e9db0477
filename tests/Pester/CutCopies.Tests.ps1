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

    It 'changes nothing for an object that says only where: <_>' -ForEach @(
        (Get-Command -Module EgressNet -Verb Remove, Set, Repair).Name
    ) {
        $command = $_
        $before = Get-Dump $ns
        $cuts = @(
            [pscustomobject]@{ NetNamespace = $ns }
            [pscustomobject]@{ Name = 'none'; NetNamespace = $ns }
            [pscustomobject]@{ InterfaceAlias = 'v0'; NetNamespace = $ns }
            [pscustomobject]@{ InterfaceIndex = 2; NetNamespace = $ns }
            [pscustomobject]@{ Name = $null; NetNamespace = $ns }
            [pscustomobject]@{ Other = 1 }
            Get-NetRoute -NetNamespace $ns | Select-Object -First 1 NetNamespace, InterfaceAlias
            Get-NetIPAddress -NetNamespace $ns | Select-Object -First 1 NetNamespace, InterfaceAlias
            Get-NetAdapter v0 -NetNamespace $ns | Select-Object NetNamespace, Status
            Get-NetNamespace $ns | Select-Object Cookie, NetNamespace
        )
        foreach ($cut in $cuts) {
            { $cut | & $command -ErrorAction Stop } | Should -Throw -Because $cut
        }

        Assert-Same $before (Get-Dump $ns)
        Get-NetNamespace $ns | Should -HaveCount 1
    }

    It 'lists all that is where an object says' {
        $where = [pscustomobject]@{ NetNamespace = $ns }
        ($where | Get-NetAdapter).Name | Should -Be (Get-NetAdapter -NetNamespace $ns).Name
        @($where | Get-NetRoute).Count | Should -Be @(Get-NetRoute -NetNamespace $ns).Count
    }
}
