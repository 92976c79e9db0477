BeforeDiscovery {
    . $PSScriptRoot/Support.ps1
    $obstacle = Get-Obstacle
    $calls = @(
        'New-NetNamespace {0}'
        'New-NetNamespace a/b'
        'Remove-NetNamespace {1}'
        '$gone.Namespace | Remove-NetNamespace'
        'New-EgressVeth eth9 {1}'
        'New-EgressVeth eth0 {0}'
        'New-EgressVeth eth9 {0} -HostInterface lo'
        'Remove-EgressVeth eth9 {0}'
        '$gone.Veth | Remove-EgressVeth'
        'New-NetIPAddress 198.51.100.1/24 -InterfaceAlias nope -NetNamespace {0}'
        'New-NetIPAddress 198.51.100.1/24 -InterfaceIndex 2147483647 -NetNamespace {0}'
        'New-NetIPAddress 198.51.100.1/24 -InterfaceAlias v0 -NetNamespace {1}'
        'New-NetIPAddress 192.0.2.5/24 -InterfaceAlias v0 -NetNamespace {0}'
        'New-NetIPAddress 198.51.100.1/24 -InterfaceAlias v0 -NetNamespace {0} -DefaultGateway 198.51.100.2'
        '$gone.Address | Remove-NetIPAddress'
        'New-NetRoute 203.0.113.0/24 -InterfaceAlias nope -NetNamespace {0}'
        'New-NetRoute 203.0.113.0/24 -InterfaceAlias v0 -NetNamespace {1}'
        'New-NetRoute 0.0.0.0/0 -NextHop 192.0.2.1 -InterfaceAlias v0 -NetNamespace {0}'
        'New-NetRoute fd01::/64 -InterfaceAlias v0 -NetNamespace {0}'
        '$gone.Route | Remove-NetRoute'
        '$gone.Route | Set-NetRoute -Mtu 1400'
        'Set-NetIPInterface nope -Forwarding Enabled -NetNamespace {0}'
        'Set-NetIPInterface v0 -Forwarding Enabled -NetNamespace {1}'
        'Set-NetIPInterface v0 -Dhcp Enabled -NetNamespace {0}'
        'Set-PointToPointGateway 192.0.2.5 192.0.2.1 -InterfaceAlias nope -NetNamespace {0}'
        'Set-PointToPointGateway 192.0.2.5 192.0.2.1 -InterfaceAlias v0 -NetNamespace {1}'
        'Set-PointToPointGateway 192.0.2.9 192.0.2.1 -InterfaceAlias v0 -NetNamespace {0}'
        'Set-PointToPointGateway 192.0.2.5 192.0.2.9 -InterfaceAlias v0 -NetNamespace {0} -DefaultRoute'
        '$gone.Address | Set-PointToPointGateway 203.0.113.1'
        'New-ContainerEgress c1 {1} 10.9.0.5/24 -Gateway 10.9.0.1'
        'New-ContainerEgress c1 {0} 10.9.0.5/24 -Gateway 10.9.0.1 -Name eth0'
        'Remove-EgressNat 10.9.0.5'
        'Remove-ContainerEgress egp-none'
    ) | ForEach-Object { @{ Call = $_ } }
}

Describe "WhatIf of what cannot be$obstacle" -Skip:([bool] $obstacle) {
    BeforeAll {
        . $PSScriptRoot/Support.ps1
        $ns = Get-FreshNamespace -Link -Address '192.0.2.5/24'
        $none = Get-NewName
        'default via 192.0.2.1', '203.0.113.0/24 via 192.0.2.1', 'fd01::/64 dev v0' |
            ForEach-Object { "route add $_" } | Invoke-Ip -n $ns -batch -
        Invoke-Ip -n $ns address add 203.0.113.5/32 dev v0
        $null = New-EgressVeth eth0 $ns
        $gone = @{
            Veth = New-EgressVeth eth1 $ns
            Route = Get-NetRoute 203.0.113.0/24 -NetNamespace $ns
            Address = Get-NetIPAddress 203.0.113.5 -NetNamespace $ns
            Namespace = New-NetNamespace $none
        }
        $gone.Veth | Remove-EgressVeth
        $gone.Route | Remove-NetRoute
        $gone.Address | Remove-NetIPAddress
        Remove-NetNamespace $none
        $before = Get-Dump $ns

        # The first error, as whose it is and what it says.
        function Get-Refusal([string] $Text) {
            try {
                $null = & ([scriptblock]::Create("$Text -ErrorAction Stop"))
            }
            catch {
                "$($_.FullyQualifiedErrorId): $_"
            }
        }
    }

    AfterAll {
        Remove-IfThere $ns
    }

    It 'says what the call says: <Call>' -ForEach $calls {
        $text = $Call -replace '\{0\}', $ns -replace '\{1\}', $none
        $real = Get-Refusal $text
        $real | Should -Not -BeNullOrEmpty
        $said = Get-Refusal "$text -WhatIf"
        ($said -split ':')[0] | Should -Be ($real -split ':')[0]
        $said | Should -Match 'nope|No |not |already|there|exists|File exists|contains'
        Assert-Same $before (Get-Dump $ns)
    }
}
