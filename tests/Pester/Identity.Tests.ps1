BeforeDiscovery {
    . $PSScriptRoot/Support.ps1
    $obstacle = Get-Obstacle
}

Describe "What a name says$obstacle" -Skip:([bool] $obstacle) {
    BeforeAll {
        . $PSScriptRoot/Support.ps1
        . $PSScriptRoot/Node.ps1
        $node = Start-Node
        $ns = Get-FreshNamespace
    }

    AfterAll {
        Stop-Node $node
        Remove-IfThere $ns
    }

    It 'lists, replaces and removes a name that is a link to nowhere' {
        $name = Get-NewName
        $null = New-Item -ItemType SymbolicLink -Path "/run/netns/$name" -Target "/run/netns/$name-gone"
        try {
            (Get-NetNamespace).Name | Should -Contain $name
            { New-NetNamespace $name -ErrorAction Stop } | Should -Throw -ErrorId 'NetNamespaceAlreadyExists,*'
            (New-NetNamespace $name -Force).Name | Should -Be $name
            Invoke-Ip -n $name -br link | Should -BeLike 'lo *'
        }
        finally {
            Remove-NetNamespace $name
        }

        $null = New-Item -ItemType SymbolicLink -Path "/run/netns/$name" -Target "/run/netns/$name-gone"
        Remove-NetNamespace $name
        (Get-NetNamespace).Name | Should -Not -Contain $name
    }

    It 'gives a reason for <Name>: <Reason>' -ForEach @(
        @{ Name = 'all'; Reason = 'keeps' }
        @{ Name = 'default'; Reason = 'keeps' }
        @{ Name = 'a"b'; Reason = 'nft' }
    ) {
        $said = Invoke-Node {
            try {
                New-ContainerEgress c1 -NetNamespace $using:ns -Name $using:Name -IPAddress 10.0.0.2/24 -Gateway 10.0.0.1 -ErrorAction Stop
            }
            catch {
                "$_"
            }
        }
        $said | Should -BeLike "*$Name*$Reason*"
    }

    It 'a saved rule set with all that cmdlets write can be loaded' {
        Invoke-Node {
            $null = New-ContainerEgress c1 -NetNamespace $using:ns -Name 'a*{}\;#' -HostInterface "h'\$" -IPAddress 10.0.0.2/24 `
                -Gateway 10.0.0.1 -BlockMetadata -MetadataAddress 10.255.0.1 -ExcludePrefix 10.0.0.0/8, 10.1.0.0/16
        }
        $saved = New-TemporaryFile
        try {
            $before = Invoke-Nft list ruleset
            "flush ruleset`n$($before -join "`n")" | Set-Content $saved
            Invoke-Nft -f "$saved"
            Invoke-Nft list ruleset | Should -BeExactly $before
            Invoke-Node { "$((Get-ContainerEgress c1).ExcludePrefix)" } | Should -Be '10.0.0.0/8'
        }
        finally {
            Remove-Item $saved
            Invoke-Node { Remove-ContainerEgress c1 }
        }
    }

    It 'sets the addresses that it draws, ContainerId or not' {
        $kinds = Invoke-Node {
            New-EgressVeth m0 -NetNamespace $using:ns
            New-EgressVeth m1 -NetNamespace $using:ns -ContainerId c9
        } | ForEach-Object { "$($_.HostInterface)" }
        $kinds | Should -HaveCount 2
        $read = 'mount -t sysfs s /mnt && cat {0}' -f (($kinds.ForEach{ "/mnt/class/net/$_/addr_assign_type" }) -join ' ')
        ip netns exec $node.Name sh -c $read | Should -Be '3', '3'
        Invoke-Node { Get-EgressVeth -NetNamespace $using:ns | Remove-EgressVeth }
    }

    It 'removes source NAT without a comment' {
        Invoke-Node { $null = New-EgressNat 10.7.0.2 -ContainerId q }
        Invoke-Nft add element inet egressnet masquerade4 '{ 10.66.0.1 }'
        Invoke-Node {
            Remove-EgressNat 10.66.0.1
            (Get-EgressNat).IPAddress
            Remove-EgressNat 10.7.0.2
        } | Should -Be '10.7.0.2'
    }

    It 'finds IPv6 however it is written' {
        Invoke-Ip -n $node.Name -6 route add fd55::/64 dev v0 metric 77
        Invoke-Ip -n $node.Name -6 address add fd66::5/64 dev v0 nodad
        $found = Invoke-Node {
            $null = New-EgressNat fd77::2 -ContainerId q
            (Get-EgressNat FD77:0:0::2).IPAddress, (Get-NetIPAddress FD66:0::5).IPAddress
            (Get-NetRoute FD55:0::/64).RouteMetric, (Get-NetRoute 'FD55:*').RouteMetric
            Remove-EgressNat FD77:0::2
        }
        $found | Should -Be 'fd77::2', 'fd66::5', 77, 77
    }

    It 'takes metric 0 of an IPv6 route as 1024' {
        Invoke-Node {
            $null = Set-NetRoute fd55::/64 -RouteMetric 0
            (Set-NetRoute fd55::/64 -RouteMetric 0 -Mtu 1400 -PassThru).RouteMetric
        } | Should -Be 1024
        Get-RouteText $node.Name '-6 route show fd55::/64' | Should -BeLike 'fd55::/64 dev v0 metric 1024*mtu 1400*'
    }

    It 'names the default route that is there, and the interface' {
        Invoke-Ip -n $node.Name route add default via 192.0.2.1
        $before = Get-Dump $node.Name
        $fault = Assert-NodeFault {
            New-NetIPAddress 192.0.2.20/24 -InterfaceAlias v0 -DefaultGateway 192.0.2.2
        } RouteAlreadyExists ResourceExists
        "$fault" | Should -BeLike '*0.0.0.0/0 via 192.0.2.1 dev v0*'
        Assert-Same $before (Get-Dump $node.Name)
        $fault = Assert-NodeFault {
            $route = Get-NetRoute 0.0.0.0/0
            $route | Remove-NetRoute
            $route | Set-NetRoute -Mtu 1400
        } RouteNotFound ObjectNotFound
        "$fault" | Should -BeLike '*dev v0*'
    }

    It 'counts as removed what goes while it removes' {
        $many = 1..8 | ForEach-Object { Get-FreshNamespace }
        try {
            $said = Invoke-Node {
                foreach ($each in $using:many) {
                    $null = New-ContainerEgress $each -NetNamespace $each -IPAddress "10.8.$((++$i)).2/24" -Gateway "10.8.$i.1"
                }

                Remove-ContainerEgress egp* -PassThru -Confirm:$false 2>&1 | ForEach-Object {
                    "$_"
                    if (-not $once) {
                        $once = $true
                        Remove-ContainerEgress egp* -ErrorAction Ignore
                    }
                }
                Get-ContainerEgress egp*
            }
            $said | Should -HaveCount 8
            $said | Should -BeLike 'egress/egp*/eg0'
        }
        finally {
            Remove-IfThere $many
        }
    }
}
