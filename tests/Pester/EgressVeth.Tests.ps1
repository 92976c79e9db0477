BeforeDiscovery {
    . $PSScriptRoot/Support.ps1
    $obstacle = Get-Obstacle
}

Describe "EgressVeth$obstacle" -Skip:([bool] $obstacle) {
    BeforeAll {
        . $PSScriptRoot/Support.ps1
    }

    BeforeEach {
        $ns = Get-FreshNamespace
        $hostName = Get-NewName 'egh'
    }

    AfterEach {
        $null = ip link del dev $hostName 2>&1
        Remove-IfThere $ns
    }

    Context 'New-EgressVeth' {
        It 'makes the pair, both ends up, and emits both' {
            $veth = New-EgressVeth eth0 $ns
            $link = Get-IpJson $ns 'link show dev eth0'
            $veth | Should -BeOfType 'EgressNet.EgressVeth'
            $veth.InterfaceAlias | Should -BeExactly 'eth0'
            $veth.InterfaceIndex | Should -Be $link.ifindex
            $veth.NetNamespace | Should -BeExactly $ns
            $veth.Sandbox | Should -BeExactly "/run/netns/$ns"
            $veth.Mtu | Should -Be 1500
            $veth.ContainerInterface.MacAddress | Should -BeExactly $link.address
            $veth.HostInterface.InterfaceIndex | Should -Be $link.link_index
            $veth.HostInterface.NetNamespace | Should -BeNullOrEmpty
            "$($veth.HostInterface.Status) $($veth.ContainerInterface.Status) $veth" | Should -Be 'Up Up eth0'
            $link.operstate | Should -Be 'UP'
        }

        It 'draws another host name each time' {
            $one = New-EgressVeth eth0 $ns
            $two = New-EgressVeth eth1 $ns
            $one.HostInterface.Name | Should -MatchExactly '^veth[0-9a-f]{8}$'
            $two.HostInterface.Name | Should -Not -Be $one.HostInterface.Name
        }

        It 'takes every parameter' {
            $veth = New-EgressVeth -Name eth0 -NetNamespace $ns -HostInterface $hostName -Mtu 1400 `
                -MacAddress 02-00-5E-10-00-01 -HostMacAddress 02:00:5e:10:00:02
            $link = Get-IpJson $ns 'link show dev eth0'
            $link.address | Should -Be '02:00:5e:10:00:01'
            $link.mtu | Should -Be 1400
            $hostLink = Invoke-Ip -o link show dev $hostName
            $hostLink | Should -BeLike '* mtu 1400 *'
            $hostLink | Should -BeLike '*02:00:5e:10:00:02*'
            $veth.HostInterface.Name | Should -BeExactly $hostName
        }

        It 'takes the name as <_>' -ForEach 'Name', 'IfName', 'ContainerInterface' {
            $given = @{ $_ = 'eth0' }
            (New-EgressVeth @given -NetNS $ns).InterfaceAlias | Should -Be 'eth0'
        }

        It 'takes the MAC as LinkLayerAddress' {
            (New-EgressVeth eth0 $ns -LinkLayerAddress 02:00:5e:10:00:01).ContainerInterface.MacAddress |
                Should -Be '02:00:5e:10:00:01'
        }

        It 'takes an MTU of <_>' -ForEach 68, 1280, 9001, 65535 {
            $null = New-EgressVeth eth0 $ns -Mtu $_
            (Get-IpJson $ns 'link show dev eth0').mtu | Should -Be $_
        }

        It 'takes the namespace by path and object' {
            (New-EgressVeth eth0 "/run/netns/$ns").Sandbox | Should -Be "/run/netns/$ns"
            (New-EgressVeth eth1 (Get-NetNamespace $ns)).Sandbox | Should -Be "/run/netns/$ns"
        }

        It 'binds the namespace by property name' {
            (Get-NetNamespace $ns | New-EgressVeth eth0).Sandbox | Should -Be "/run/netns/$ns"
        }

        It 'pipes into the next cmdlet' {
            $address = New-EgressVeth eth0 $ns | New-NetIPAddress 192.0.2.5/24
            $address.InterfaceAlias | Should -Be 'eth0'
            $address.NetNamespace | Should -Be $ns
        }

        It 'is an error for a name taken in the container' {
            Invoke-Ip -n $ns link add eth0 type veth peer name peer0
            $before = Get-Dump $ns
            $fault = { New-EgressVeth eth0 $ns -HostInterface $hostName -ErrorAction Stop } |
                Should -Throw -ErrorId 'InterfaceAlreadyExists,*' -PassThru
            $fault.TargetObject | Should -Be 'eth0'
            Assert-Same $before (Get-Dump $ns)
            ip link show dev $hostName 2>$null | Should -BeNullOrEmpty
        }

        It 'is an error for a name that the host has, and makes nothing' {
            Invoke-Ip link add $hostName type veth peer name (Get-NewName 'egh')
            $before = Get-Dump $ns
            $fault = { New-EgressVeth eth0 $ns -HostInterface $hostName -ErrorAction Stop } |
                Should -Throw -ErrorId 'InterfaceAlreadyExists,*' -PassThru
            $fault.Exception.Message | Should -BeLike "*$hostName*"
            Assert-Same $before (Get-Dump $ns)
        }

        It 'replaces a veth of that name with -Force' {
            $old = New-EgressVeth eth0 $ns
            $new = New-EgressVeth eth0 $ns -Force
            ip link show dev $old.HostInterface.Name 2>$null | Should -BeNullOrEmpty
            $new.HostInterface.Name | Should -Not -Be $old.HostInterface.Name
            @(Get-IpJson $ns 'link show type veth') | Should -HaveCount 1
        }

        It 'does not replace what is no veth, even with -Force' {
            $before = Get-Dump $ns
            { New-EgressVeth lo $ns -Force -ErrorAction Stop } | Should -Throw -ErrorId 'InterfaceAlreadyExists,*'
            Assert-Same $before (Get-Dump $ns)
        }

        It 'refuses the caller''s own namespace' {
            { New-EgressVeth $hostName $PID -ErrorAction Stop } | Should -Throw -ErrorId 'NetNamespaceIsOwn,*'
            ip link show dev $hostName 2>$null | Should -BeNullOrEmpty
        }

        It 'goes on after a bad item: good, bad, good' {
            $bad, $last = (Get-FreshNamespace), (Get-FreshNamespace)
            try {
                Invoke-Ip -n $bad link add eth0 type veth peer name peer0
                $made = $ns, $bad, $last | ForEach-Object { [pscustomobject]@{ NetNamespace = $_ } } |
                    New-EgressVeth eth0 -ErrorAction SilentlyContinue -ErrorVariable fault
                $made.NetNamespace | Should -Be $ns, $last
                $fault | Should -HaveCount 1
                $fault.Exception.Message | Should -BeLike "*eth0*$bad*"
            }
            finally {
                Remove-IfThere $bad, $last
            }
        }

        It 'makes nothing with -WhatIf' {
            $before = Get-Dump $ns
            New-EgressVeth eth0 $ns -HostInterface $hostName -WhatIf | Should -BeNullOrEmpty
            Assert-Same $before (Get-Dump $ns)
            ip link show dev $hostName 2>$null | Should -BeNullOrEmpty
        }

        It 'asks nothing with -Confirm:$false' {
            (New-EgressVeth eth0 $ns -Confirm:$false).InterfaceAlias | Should -Be 'eth0'
        }
    }

    Context 'Get-EgressVeth' {
        BeforeEach {
            $made = 'eth0', 'eth1' | ForEach-Object { New-EgressVeth $_ $ns }
            Invoke-Ip -n $ns link add in0 type veth peer name in1
        }

        It 'lists the pairs between here and there, and no others' {
            $seen = Get-EgressVeth -NetNamespace $ns
            $seen.InterfaceAlias | Should -Be 'eth0', 'eth1'
            $seen.HostInterface.Name | Should -Be $made.HostInterface.Name
        }

        It 'finds them without a namespace' {
            Get-EgressVeth | Where-Object { $_.NetNamespace -eq $ns } | ForEach-Object { $_.InterfaceAlias } |
                Should -Be 'eth0', 'eth1'
        }

        It 'takes names and wildcards' {
            (Get-EgressVeth eth1 -NetNamespace $ns).InterfaceAlias | Should -Be 'eth1'
            (Get-EgressVeth eth* -NetNamespace $ns).InterfaceAlias | Should -Be 'eth0', 'eth1'
        }

        It 'takes the namespace from the pipeline' {
            (Get-NetNamespace $ns | Get-EgressVeth).InterfaceAlias | Should -Be 'eth0', 'eth1'
        }

        It 'is an error for an absent literal, silent for a wildcard' {
            $fault = { Get-EgressVeth nope -NetNamespace $ns -ErrorAction Stop } |
                Should -Throw -ErrorId 'VethNotFound,*' -PassThru
            $fault.TargetObject | Should -Be 'nope'
            Get-EgressVeth nope* -NetNamespace $ns -ErrorAction Stop | Should -BeNullOrEmpty
        }
    }

    Context 'Remove-EgressVeth' {
        BeforeEach {
            $one, $two = 'eth0', 'eth1' | ForEach-Object { New-EgressVeth $_ $ns }
        }

        It 'removes both ends by name, and says nothing' {
            Remove-EgressVeth eth0 $ns | Should -BeNullOrEmpty
            (Get-IpJson $ns 'link show type veth').ifname | Should -Be 'eth1'
            ip link show dev $one.HostInterface.Name 2>$null | Should -BeNullOrEmpty
        }

        It 'removes exactly the one piped in' {
            $two | Remove-EgressVeth
            (Get-IpJson $ns 'link show type veth').ifname | Should -Be 'eth0'
        }

        It 'removes what Get-EgressVeth emits' {
            Get-EgressVeth -NetNamespace $ns | Remove-EgressVeth
            Get-IpJson $ns 'link show type veth' | Should -BeNullOrEmpty
        }

        It 'removes by wildcard, and emits with -PassThru' {
            (Remove-EgressVeth eth* $ns -PassThru).InterfaceAlias | Should -Be 'eth0', 'eth1'
            Get-IpJson $ns 'link show type veth' | Should -BeNullOrEmpty
        }

        It 'is an error for a literal that is not there, and goes on' {
            $gone = Remove-EgressVeth eth0, nope, eth1 $ns -PassThru `
                -ErrorAction SilentlyContinue -ErrorVariable fault
            $gone.InterfaceAlias | Should -Be 'eth0', 'eth1'
            $fault | Should -HaveCount 1
            $fault.FullyQualifiedErrorId | Should -Be 'VethNotFound,EgressNet.Commands.RemoveEgressVethCommand'
            $fault.TargetObject | Should -Be 'nope'
        }

        It 'is an error for a pair that is gone' {
            $one | Remove-EgressVeth
            $fault = { $one | Remove-EgressVeth -ErrorAction Stop } |
                Should -Throw -ErrorId 'VethNotFound,*' -PassThru
            "$($fault.TargetObject)" | Should -Be 'eth0'
        }

        It 'is silent for a wildcard that matches nothing' {
            Remove-EgressVeth nope* $ns -ErrorAction Stop | Should -BeNullOrEmpty
        }

        It 'removes nothing with -WhatIf' {
            $before = Get-Dump $ns
            Remove-EgressVeth eth* $ns -WhatIf -PassThru | Should -BeNullOrEmpty
            $one, $two | Remove-EgressVeth -WhatIf
            Assert-Same $before (Get-Dump $ns)
        }

        It 'asks nothing with -Confirm:$false' {
            Remove-EgressVeth eth0 $ns -Confirm:$false
            (Get-IpJson $ns 'link show type veth').ifname | Should -Be 'eth1'
        }
    }
}
