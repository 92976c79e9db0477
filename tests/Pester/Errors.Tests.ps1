BeforeDiscovery {
    . $PSScriptRoot/Support.ps1
    $obstacle = Get-Obstacle
}

Describe "Errors$obstacle" -Skip:([bool] $obstacle) {
    BeforeAll {
        . $PSScriptRoot/Support.ps1
        $ns = Get-FreshNamespace -Link -Address '192.0.2.5/24', '192.0.2.5/32', 'fd00:2::5/64'
        'address add fd00:2::7/64 dev v1 nodad',
        'route add 198.51.100.0/24 via 192.0.2.1',
        'route add 203.0.113.0/24 via 192.0.2.1 metric 1',
        'route add 203.0.113.0/24 via 192.0.2.1 metric 2',
        'route add default dev v1' | Invoke-Ip -n $ns -batch -
        $off = Get-FreshNamespace -Link
        $null = ip netns exec $off sysctl -q -w net.ipv6.conf.v0.disable_ipv6=1
        $before = Get-Dump $ns
    }

    AfterAll {
        Remove-IfThere $ns, $off
    }

    It '<Id> and <Category>: <Text>' -ForEach @(
        @{ Id = 'NetNamespaceNotFound'; Category = 'ObjectNotFound'; Text = 'Get-NetNamespace egp-none' }
        @{ Id = 'NetNamespaceNotFound'; Category = 'ObjectNotFound'; Text = 'Remove-NetNamespace egp-none' }
        @{ Id = 'NetNamespaceNotFound'; Category = 'ObjectNotFound'
            Text = 'Get-NetRoute -NetNamespace egp-none' }
        @{ Id = 'NetNamespaceNotFound'; Category = 'ObjectNotFound'
            Text = 'Get-NetAdapter -NetNamespace egp-none' }
        @{ Id = 'NotANetNamespace'; Category = 'InvalidArgument'
            Text = 'Get-NetRoute -NetNamespace /etc/hostname' }
        @{ Id = 'NetNamespaceAlreadyExists'; Category = 'ResourceExists'; Text = 'New-NetNamespace $ns' }
        @{ Id = 'NetNamespaceIsOwn'; Category = 'InvalidArgument'; Text = 'New-EgressVeth egp0 $PID' }
        @{ Id = 'InvalidArgument'; Category = 'InvalidArgument'; Text = 'New-NetNamespace ..' }
        @{ Id = 'InterfaceNotFound'; Category = 'ObjectNotFound'; Text = 'Get-NetAdapter v7 -NetNamespace $ns' }
        @{ Id = 'InterfaceNotFound'; Category = 'ObjectNotFound'
            Text = 'Get-NetRoute -InterfaceAlias v7 -NetNamespace $ns' }
        @{ Id = 'InterfaceNotFound'; Category = 'ObjectNotFound'
            Text = 'Get-NetIPAddress -InterfaceAlias v7 -NetNamespace $ns' }
        @{ Id = 'InterfaceNotFound'; Category = 'ObjectNotFound'
            Text = 'New-NetRoute 10.0.0.0/8 -InterfaceAlias v7 -NetNamespace $ns' }
        @{ Id = 'InterfaceNotFound'; Category = 'ObjectNotFound'
            Text = 'New-NetIPAddress 10.0.0.5/8 -InterfaceAlias v7 -NetNamespace $ns' }
        @{ Id = 'InterfaceNotFound'; Category = 'ObjectNotFound'
            Text = 'Set-PointToPointGateway 192.0.2.5/24 192.0.2.1 -InterfaceAlias v7 -NetNamespace $ns' }
        @{ Id = 'InterfaceAlreadyExists'; Category = 'ResourceExists'; Text = 'New-EgressVeth v0 $ns' }
        @{ Id = 'VethNotFound'; Category = 'ObjectNotFound'; Text = 'Get-EgressVeth v7 -NetNamespace $ns' }
        @{ Id = 'VethNotFound'; Category = 'ObjectNotFound'; Text = 'Remove-EgressVeth v7 $ns' }
        @{ Id = 'AddressNotFound'; Category = 'ObjectNotFound'
            Text = 'Get-NetIPAddress 192.0.2.9 -NetNamespace $ns' }
        @{ Id = 'AddressNotFound'; Category = 'ObjectNotFound'
            Text = 'Remove-NetIPAddress 192.0.2.9 -NetNamespace $ns' }
        @{ Id = 'AddressNotFound'; Category = 'ObjectNotFound'
            Text = 'Set-PointToPointGateway 192.0.2.9/24 192.0.2.1 -InterfaceAlias v0 -NetNamespace $ns' }
        @{ Id = 'AddressAmbiguous'; Category = 'InvalidArgument'
            Text = 'Remove-NetIPAddress 192.0.2.5 -NetNamespace $ns' }
        @{ Id = 'AddressAlreadyExists'; Category = 'ResourceExists'
            Text = 'New-NetIPAddress 192.0.2.5/24 -InterfaceAlias v0 -NetNamespace $ns' }
        @{ Id = 'AddressDuplicate'; Category = 'ResourceExists'
            Text = 'New-NetIPAddress fd00:2::7/64 -InterfaceAlias v0 -NetNamespace $ns -WaitForDad' }
        @{ Id = 'IPv6Disabled'; Category = 'InvalidOperation'
            Text = 'New-NetIPAddress fd00:2::9/64 -InterfaceAlias v0 -NetNamespace $off' }
        @{ Id = 'RouteNotFound'; Category = 'ObjectNotFound'; Text = 'Get-NetRoute 10.0.0.0/8 -NetNamespace $ns' }
        @{ Id = 'RouteNotFound'; Category = 'ObjectNotFound'
            Text = 'Set-NetRoute 10.0.0.0/8 -Mtu 1400 -NetNamespace $ns' }
        @{ Id = 'RouteNotFound'; Category = 'ObjectNotFound'
            Text = 'Remove-NetRoute 10.0.0.0/8 -NetNamespace $ns' }
        @{ Id = 'RouteAmbiguous'; Category = 'InvalidArgument'
            Text = 'Set-NetRoute 203.0.113.0/24 -Mtu 1400 -NetNamespace $ns' }
        @{ Id = 'RouteAmbiguous'; Category = 'InvalidArgument'
            Text = 'Remove-NetRoute 203.0.113.0/24 -NetNamespace $ns' }
        @{ Id = 'RouteAlreadyExists'; Category = 'ResourceExists'
            Text = 'New-NetRoute 198.51.100.0/24 -NextHop 192.0.2.1 -NetNamespace $ns' }
        @{ Id = 'RouteAlreadyExists'; Category = 'ResourceExists'
            Text = 'New-NetIPAddress 192.0.2.9/24 -DefaultGateway 192.0.2.1 -InterfaceAlias v0 -NetNamespace $ns' }
        @{ Id = 'RouteAlreadyExists'; Category = 'ResourceExists'
            Text = 'Set-PointToPointGateway 192.0.2.5/24 192.0.2.1 -DefaultRoute -InterfaceAlias v0 -NetNamespace $ns' }
        @{ Id = 'NextHopUnreachable'; Category = 'InvalidArgument'
            Text = 'New-NetRoute 10.0.0.0/8 -NextHop 10.9.9.9 -InterfaceAlias v0 -NetNamespace $ns' }
        @{ Id = 'NextHopUnreachable'; Category = 'InvalidArgument'
            Text = 'Set-NetRoute 198.51.100.0/24 -NextHop 10.9.9.9 -NetNamespace $ns' }
        @{ Id = 'InvalidGateway'; Category = 'InvalidArgument'
            Text = 'Set-PointToPointGateway 192.0.2.5/24 fd00::1 -InterfaceAlias v0 -NetNamespace $ns' }
        @{ Id = 'InvalidCniResult'; Category = 'InvalidData'; Text = "'[]' | ConvertFrom-CniResult" }
        @{ Id = 'CniResultUnreadable'; Category = 'ReadError'; Text = 'ConvertFrom-CniResult /never/there.json' }
    ) {
        $command = $Text -replace '^.*\| ' -replace ' .*'
        $run = { param($Action) . ([scriptblock]::Create("$Text -ErrorAction $Action")) }
        $fault = & $run Continue 2>&1
        $fault | Should -HaveCount 1
        $fault | Should -BeOfType 'System.Management.Automation.ErrorRecord'
        $fault.FullyQualifiedErrorId | Should -BeExactly "$Id,EgressNet.Commands.$($command.Replace('-', ''))Command"
        "$($fault.CategoryInfo.Category)" | Should -Be $Category
        $fault.TargetObject | Should -Not -BeNullOrEmpty
        $fault.TargetObject | Should -Not -BeOfType 'System.Management.Automation.Cmdlet'

        & $run Ignore 2>&1 | Should -BeNullOrEmpty
        { & $run Stop } | Should -Throw -ErrorId "$Id,*"
        Assert-Same $before (Get-Dump $ns)
    }

    It 'a wildcard that meets nothing is silent: <_>' -ForEach @(
        'Get-NetRoute 10.* -NetNamespace $ns', 'Get-NetIPAddress 10.* -NetNamespace $ns', 'Get-NetAdapter V* -NetNamespace $ns'
        'Get-NetNamespace egp-none*', 'Get-EgressVeth q* -NetNamespace $ns', 'Remove-NetRoute 10.* -NetNamespace $ns'
        'Remove-NetIPAddress 10.* -NetNamespace $ns', 'Remove-NetNamespace egp-none*', 'Remove-EgressVeth q* $ns'
    ) {
        . ([scriptblock]::Create("$_ -ErrorAction Stop")) | Should -BeNullOrEmpty
    }
}
