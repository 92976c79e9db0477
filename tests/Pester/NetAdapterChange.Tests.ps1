BeforeDiscovery {
    . $PSScriptRoot/Support.ps1
    $obstacle = Get-Obstacle
}

Describe "Interfaces are made and changed$obstacle" -Skip:([bool] $obstacle) {
    BeforeAll {
        . $PSScriptRoot/Support.ps1

        # What ip says of one interface.
        function Get-Seen([string] $Name, [string] $Namespace = $ns) {
            Get-IpJson $Namespace "link show dev $Name"
        }

        # The kernel makes its own routes of ff00::/8 anew, behind those of other interfaces.
        function Get-SortedLines {
            (Get-Dump $ns).Split("`n") | Sort-Object -CaseSensitive
        }
    }

    BeforeEach {
        $ns, $other = (Get-FreshNamespace -Link -Address 10.0.0.2/24, fd00::2/64), (Get-FreshNamespace)
    }

    AfterEach {
        Remove-IfThere $ns, $other
    }

    It 'sets interfaces down and up, by name, wildcard and object' {
        Disable-NetAdapter v* -NetNamespace $ns
        (Get-Seen v0).flags, (Get-Seen v1).flags | Should -Not -Contain UP
        $emitted = Get-NetAdapter v0, v1 -NetNamespace $ns | Enable-NetAdapter -PassThru
        $emitted.Name | Should -BeExactly (Get-NetAdapter v0, v1 -NetNamespace $ns).Name
        (Get-Seen v0).flags | Should -Contain UP
        (Get-Seen v1).flags | Should -Contain UP
        Enable-NetAdapter v0 -NetNamespace $ns -PassThru | Should -BeOfType EgressNet.NetAdapter
    }

    It 'restarts an interface and keeps its addresses and routes' {
        'address add 10.0.0.3/24 dev v0', 'address add 10.0.1.1 peer 10.0.1.2/32 dev v0',
        'route add default via 10.0.0.1', 'route add 10.9.0.0/16 via 10.0.0.1 mtu 1400', 'route add 10.8.0.0/16 dev v0 table 100',
        'route add fd01::/64 via fd00::1', 'route add default via fd00::1 metric 7', 'route add 10.7.0.0/16 dev v1',
        'route del 10.0.0.0/24 dev v0 proto kernel', 'route add 10.0.0.1 dev v0',
        'route add 10.6.0.0/16 nexthop via 10.0.0.1 nexthop dev v1' | Invoke-Ip -n $ns -batch -
        $before = Get-SortedLines
        $told = Restart-NetAdapter v0 -NetNamespace $ns -Verbose 4>&1
        Get-SortedLines | Should -BeExactly $before
        $told.Message | Should -Contain 'set link v0 down'
        $told.Message | Should -Contain 'delete route 10.0.0.0/24 dev v0'
        $told.Message | Should -Contain 'add route 0.0.0.0/0 via 10.0.0.1 dev v0'
    }

    It 'restarts one that is down by setting it up' {
        Invoke-Ip -n $ns link set v0 down
        (Restart-NetAdapter v0 -NetNamespace $ns -PassThru).AdminStatus | Should -Be Up
    }

    It 'renames, and refuses what was read before' {
        $old = Get-NetAdapter v0 -NetNamespace $ns
        (Rename-NetAdapter v0 egress0 -NetNamespace $ns -PassThru).InterfaceIndex | Should -Be $old.InterfaceIndex
        (Get-Seen egress0).ifindex | Should -Be $old.InterfaceIndex
        { $old | Disable-NetAdapter -ErrorAction Stop } | Should -Throw -ErrorId 'InterfaceNotFound,*'
        (Get-Seen egress0).flags | Should -Contain UP
    }

    It 'refuses a name that is taken, at -WhatIf too' {
        { Rename-NetAdapter v0 v1 -NetNamespace $ns -ErrorAction Stop } | Should -Throw -ErrorId 'InterfaceAlreadyExists,*'
        { Rename-NetAdapter v0 v1 -NetNamespace $ns -WhatIf -ErrorAction Stop } |
            Should -Throw -ErrorId 'InterfaceAlreadyExists,*'
    }

    It 'sets properties' {
        $null = New-NetAdapter br0 bridge -NetNamespace $ns
        Set-NetAdapter v0 -NetNamespace $ns -MacAddress 02-00-5E-10-00-09 -MtuSize 1300 -MasterAlias br0 -AliasText hi `
            -TransmitQueueLength 7 -Group 4
        $seen = Get-Seen v0
        "$($seen.address) $($seen.mtu) $($seen.master) $($seen.ifalias) $($seen.txqlen) $($seen.group)" |
            Should -BeExactly '02:00:5e:10:00:09 1300 br0 hi 7 4'
        Set-NetAdapter v0 -NetNamespace $ns -NoMaster -AliasText ''
        (Get-Seen v0).PSObject.Properties.Name | Should -Not -Contain master
        (Get-Seen v0).PSObject.Properties.Name | Should -Not -Contain ifalias
    }

    It 'leaves an interface as it was when a property is refused' {
        $before = Get-Dump $ns
        { Set-NetAdapter v0 -NetNamespace $ns -MacAddress 02-00-5E-10-00-09 -MtuSize 70000 -Group 5 -ErrorAction Stop } |
            Should -Throw -ErrorId 'InvalidRequest,*'
        Assert-Same $before (Get-Dump $ns)
    }

    It 'moves an interface, with other properties set before' {
        $there = Get-NetAdapter v0 -NetNamespace $ns | Set-NetAdapter -MtuSize 1400 -MoveTo $other -PassThru
        "$($there.Name) $($there.MtuSize) $($there.NetNamespace)" | Should -BeExactly "v0 1400 $other"
        (Get-Seen v0 $other).mtu | Should -Be 1400
        Get-NetAdapter v0* -NetNamespace $ns | Should -BeNullOrEmpty
    }

    It 'does not move one to where its name is taken' {
        Invoke-Ip -n $other link add v0 type ifb
        $before = Get-Dump $ns
        { Set-NetAdapter v0 -NetNamespace $ns -MtuSize 1400 -MoveTo $other -ErrorAction Stop } |
            Should -Throw -ErrorId 'InterfaceAlreadyExists,*'
        Assert-Same $before (Get-Dump $ns)
    }

    It 'refuses nothing to set, and a master beside none' {
        { Set-NetAdapter v0 -NetNamespace $ns } | Should -Throw -ErrorId 'InvalidArgument,*'
        { Set-NetAdapter v0 -NetNamespace $ns -MasterAlias v1 -NoMaster } | Should -Throw -ErrorId 'InvalidArgument,*'
    }

    It 'goes by name for a copy, and in another namespace' {
        Invoke-Ip -n $other link add v0 type ifb
        Get-NetAdapter v0 -NetNamespace $ns | Enable-NetAdapter -NetNamespace $other
        (Get-Seen v0 $other).flags | Should -Contain UP
        Get-NetAdapter v0 -NetNamespace $other | ConvertTo-Json | ConvertFrom-Json | Disable-NetAdapter
        (Get-Seen v0 $other).flags | Should -Not -Contain UP
    }

    It 'refuses an object of another noun' {
        { Get-NetIPAddress 10.0.0.2 -NetNamespace $ns | Disable-NetAdapter -ErrorAction Stop } | Should -Throw
        { Disable-NetAdapter (Get-NetIPAddress 10.0.0.2 -NetNamespace $ns) } | Should -Throw
        (Get-Seen v0).flags | Should -Contain UP
    }

    It 'makes <Kind> as ip makes it' -ForEach @(
        @{ Kind = 'bridge'; With = @{ SpanningTree = $true }; Like = 'link add {0} type bridge stp_state 1' }
        @{ Kind = 'ifb'; With = @{ MtuSize = 1400 }; Like = 'link add name {0} mtu 1400 type ifb' }
        @{
            Kind = 'macvlan'; With = @{ ParentAlias = 'v0'; Mode = 'bridge' }
            Like = 'link add link v0 name {0} type macvlan mode bridge'
        }
        @{ Kind = 'macvtap'; With = @{ ParentAlias = 'v1' }; Like = 'link add link v1 name {0} type macvtap' }
        @{
            Kind = 'vxlan'; With = @{ Vni = 77; LocalIPAddress = '10.0.0.2'; RemoteIPAddress = '10.0.0.9'; ParentAlias = 'v0' }
            Like = 'link add {0} type vxlan id 77 local 10.0.0.2 remote 10.0.0.9 dev v0 dstport 4789'
        }
        @{ Kind = 'vxlan'; With = @{ Vni = 78; Port = 8472 }; Like = 'link add {0} type vxlan id 78 dstport 8472' }
        @{ Kind = 'dummy'; With = @{}; Like = 'link add {0} type dummy' }
        @{ Kind = 'bond'; With = @{ Mode = 'active-backup' }; Like = 'link add {0} type bond mode active-backup' }
        @{ Kind = 'vlan'; With = @{ ParentAlias = 'v0'; VlanId = 5 }; Like = 'link add link v0 name {0} type vlan id 5' }
        @{
            Kind = 'ipvlan'; With = @{ ParentAlias = 'v0'; Mode = 'l2' }
            Like = 'link add link v0 name {0} type ipvlan mode l2'
        }
        @{ Kind = 'vrf'; With = @{ RouteTable = 100 }; Like = 'link add {0} type vrf table 100' }
        @{ Kind = 'wireguard'; With = @{}; Like = 'link add {0} type wireguard' }
    ) {
        $said = ip -n $ns @(($Like -f 'theirs').Split(' ')) 2>&1
        if ($LASTEXITCODE -ne 0) {
            { New-NetAdapter ours $Kind -NetNamespace $ns @With -ErrorAction Stop } |
                Should -Throw -ErrorId 'NotSupportedByKernel,*' -Because "ip says: $said"
            return
        }

        $theirs = Get-Seen theirs
        Remove-NetAdapter theirs -NetNamespace $ns
        $made = New-NetAdapter ours $Kind -NetNamespace $ns @With
        $ours = Get-Seen ours
        $made.InterfaceIndex | Should -Be $ours.ifindex
        foreach ($data in $theirs.linkinfo.info_data, $ours.linkinfo.info_data | Where-Object { $_ }) {
            'bridge_id', 'root_id' | ForEach-Object { $data.PSObject.Properties.Remove($_) }
        }

        $ours.linkinfo | ConvertTo-Json -Depth 5 | Should -BeExactly ($theirs.linkinfo | ConvertTo-Json -Depth 5)
        "$($ours.mtu) $($ours.link) $($ours.flags)" | Should -BeExactly "$($theirs.mtu) $($theirs.link) $($theirs.flags)"
    }

    It 'makes a pair between two namespaces, both ends up' {
        $null = New-NetAdapter a0 veth -PeerName b0 -PeerNetNamespace $other -NetNamespace $ns -MtuSize 1400 -Up -AliasText x
        foreach ($end in (Get-Seen a0), (Get-Seen b0 $other)) {
            "$($end.mtu) $($end.operstate)" | Should -BeExactly '1400 UP'
        }

        (Get-Seen a0).ifalias | Should -BeExactly x
    }

    It 'leaves nothing of a pair whose other end cannot be' {
        $before = Get-Dump $ns
        foreach ($taken in 'v1', 'a0') {
            { New-NetAdapter a0 veth -PeerName $taken -NetNamespace $ns -ErrorAction Stop } |
                Should -Throw -ErrorId 'InterfaceAlreadyExists,*'
        }

        { New-NetAdapter a0 veth -PeerName b0 -PeerNetNamespace "$other-none" -NetNamespace $ns -ErrorAction Stop } |
            Should -Throw -ErrorId 'NetNamespaceNotFound,*'
        { New-NetAdapter a0 veth -PeerName b0 -NetNamespace $ns -MasterAlias v1 -ErrorAction Stop } | Should -Throw
        Assert-Same $before (Get-Dump $ns)
    }

    It 'refuses parameters that are not of the kind: <Line>' -ForEach @(
        @{ Line = 'vlan'; With = @{ Kind = 'vlan' }; Says = 'Kind Vlan needs ParentAlias and VlanId.' }
        @{ Line = 'veth'; With = @{ Kind = 'veth' }; Says = 'Kind Veth needs PeerName.' }
        @{
            Line = 'another kind''s set'; With = @{ Kind = 'bridge'; PeerName = 'x' }
            Says = 'Kind Bridge has no PeerName.'
        }
        @{
            Line = 'another kind of the set'; With = @{ Kind = 'ifb'; SpanningTree = $true }
            Says = 'Kind Ifb has no SpanningTree.'
        }
        @{
            Line = 'another kind''s mode'; With = @{ Kind = 'macvlan'; ParentAlias = 'v0'; Mode = 'l2' }
            Says = "Mode 'l2' is none of kind Macvlan, which has private, *"
        }
        @{
            Line = 'a kind without modes'; With = @{ Kind = 'veth'; PeerName = 'x'; Mode = 'l2' }
            Says = "Mode 'l2' is none of kind Veth, which has none."
        }
    ) {
        { New-NetAdapter a0 @With -NetNamespace $ns } | Should -Throw $Says -ErrorId 'InvalidArgument,*'
        Get-NetAdapter a0* -NetNamespace $ns | Should -BeNullOrEmpty
    }

    It 'removes both ends of a pair, named or piped' {
        Remove-NetAdapter v0, v1 -NetNamespace $ns -ErrorAction Stop
        'link add a0 type veth peer name a1', 'link add c0 type veth peer name c1' | Invoke-Ip -n $ns -batch -
        (Get-NetAdapter a*, c* -NetNamespace $ns | Remove-NetAdapter -PassThru -ErrorAction Stop).Name | Should -HaveCount 4
        (Get-IpJson $ns 'link show').ifname | Should -BeExactly lo
    }

    It 'does not remove the loopback, nor what is not there' {
        { Remove-NetAdapter lo -NetNamespace $ns -ErrorAction Stop } | Should -Throw -ErrorId 'NotSupportedByKernel,*'
        { Remove-NetAdapter none -NetNamespace $ns -ErrorAction Stop } | Should -Throw -ErrorId 'InterfaceNotFound,*'
        Remove-NetAdapter none* -NetNamespace $ns -ErrorAction Stop
    }

    It 'does nothing with -WhatIf' {
        $before = Get-Dump $ns
        New-NetAdapter a0 veth -PeerName b0 -NetNamespace $ns -WhatIf
        Disable-NetAdapter v0 -NetNamespace $ns -WhatIf
        Restart-NetAdapter v0 -NetNamespace $ns -WhatIf
        Rename-NetAdapter v0 x0 -NetNamespace $ns -WhatIf
        Set-NetAdapter v0 -MtuSize 1400 -MoveTo $other -NetNamespace $ns -WhatIf
        Remove-NetAdapter v0 -NetNamespace $ns -WhatIf
        Assert-Same $before (Get-Dump $ns)
    }
}
