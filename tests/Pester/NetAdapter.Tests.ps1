BeforeDiscovery {
    . $PSScriptRoot/Support.ps1
    $obstacle = Get-Obstacle
}

Describe "NetAdapter$obstacle" -Skip:([bool] $obstacle) {
    BeforeAll {
        . $PSScriptRoot/Support.ps1
        $ns = Get-FreshNamespace -Link
        'link set v0 alias "the first" mtu 1400 txqueuelen 500',
        'link property add dev v0 altname long-name-of-the-first',
        'link add d0 type veth peer name p0',
        'link add V0 type veth peer name q0' | Invoke-Ip -n $ns -batch -
        $theirs = @(Get-IpJson $ns 'link show')
        $index = ($theirs | Where-Object { $_.ifname -ceq 'v0' }).ifindex
    }

    AfterAll {
        Remove-IfThere $ns
    }

    It 'lists what ip lists' {
        $ours = Get-NetAdapter -NetNamespace $ns | ForEach-Object { "$($_.InterfaceIndex) $($_.Name) $($_.MtuSize)" }
        $ours | Should -BeExactly ($theirs | ForEach-Object { "$($_.ifindex) $($_.ifname) $($_.mtu)" })
    }

    It 'says what ip says of a veth' {
        $seen = Get-NetAdapter v0 -NetNamespace $ns
        $link = $theirs | Where-Object { $_.ifname -ceq 'v0' }
        $seen | Should -BeOfType 'EgressNet.NetAdapter'
        $seen.Name | Should -BeExactly 'v0'
        $seen.InterfaceAlias | Should -BeExactly 'v0'
        $seen.InterfaceIndex | Should -Be $index
        $seen.ifIndex | Should -Be $index
        $seen.ifAlias | Should -BeExactly 'v0'
        $seen.MacAddress | Should -BeExactly $link.address
        $seen.LinkLayerAddress | Should -BeExactly $link.address
        $seen.MtuSize | Should -Be 1400
        $seen.TransmitQueueLength | Should -Be 500
        $seen.AliasText | Should -Be 'the first'
        $seen.Kind | Should -Be 'veth'
        $seen.InterfaceDescription | Should -Be 'veth'
        $seen.PeerIndex | Should -Be (Get-NetAdapter v1 -NetNamespace $ns).InterfaceIndex
        $seen.PeerNetNamespaceId | Should -BeNullOrEmpty
        $seen.NetNamespace | Should -BeExactly $ns
        "$($seen.Status) $($seen.AdminStatus) $seen" | Should -Be 'Up Up v0'
    }

    It 'says what is down' {
        "$((Get-NetAdapter d0 -NetNamespace $ns).Status)" | Should -Be 'Down'
    }

    It 'says that an end is disconnected whose other end is down' {
        $own = Get-FreshNamespace
        try {
            'link add a0 type veth peer name a1', 'link set a0 up' | Invoke-Ip -n $own -batch -
            $seen = Get-NetAdapter a0 -NetNamespace $own
            "$($seen.Status) $($seen.AdminStatus)" | Should -Be 'Disconnected Up'
        }
        finally {
            Remove-IfThere $own
        }
    }

    It 'calls the loopback so' {
        (Get-NetAdapter lo -NetNamespace $ns).InterfaceDescription | Should -Be 'loopback'
    }

    It 'takes several names, wildcards and aliases of the parameter' {
        (Get-NetAdapter lo, d0 -NetNamespace $ns).Name | Should -Contain 'd0'
        (Get-NetAdapter -ifAlias d* -NetNamespace $ns).Name | Should -Be 'd0'
        (Get-NetAdapter -InterfaceAlias d0 -NetNS $ns).Name | Should -Be 'd0'
    }

    It 'minds the case of names' {
        (Get-NetAdapter v0 -NetNamespace $ns).Name | Should -BeExactly 'v0'
        (Get-NetAdapter V* -NetNamespace $ns).Name | Should -BeExactly 'V0'
    }

    It 'finds an interface by its alternative name' {
        (Get-NetAdapter long-name-of-the-first -NetNamespace $ns).Name | Should -BeExactly 'v0'
        (Get-NetAdapter long-* -NetNamespace $ns).Name | Should -BeExactly 'v0'
    }

    It 'filters by kind' {
        $names = $theirs | Where-Object { $_.linkinfo.info_kind -eq 'veth' } | ForEach-Object { $_.ifname }
        (Get-NetAdapter -Kind veth -NetNamespace $ns).Name | Should -BeExactly $names
        (Get-NetAdapter -Kind v?t* -NetNamespace $ns).Name | Should -BeExactly $names
    }

    It 'filters by index, also by property name' {
        (Get-NetAdapter -ifIndex $index -NetNamespace $ns).Name | Should -BeExactly 'v0'
        (Get-NetRoute -RouteTable local -NetNamespace $ns -InterfaceAlias lo | Get-NetAdapter).Name |
            Should -Contain 'lo'
    }

    It 'takes the namespace by name, path, process id and object' {
        $named = (Get-NetAdapter -NetNamespace $ns).Count
        (Get-NetAdapter -NetNamespace "/run/netns/$ns").Count | Should -Be $named
        (Get-NetAdapter -NetNamespace (Get-NetNamespace $ns)).Count | Should -Be $named
        (Get-NetNamespace $ns | Get-NetAdapter).Count | Should -Be $named
        (Get-NetAdapter lo -NetNamespace $PID).Name | Should -Be 'lo'
    }

    It 'reads the caller''s own namespace without one' {
        $seen = Get-NetAdapter lo
        $seen.Name | Should -Be 'lo'
        $seen.NetNamespace | Should -BeNullOrEmpty
    }

    It 'is an error for a literal that is not there, and goes on' {
        $seen = Get-NetAdapter d0, nope, lo -NetNamespace $ns -ErrorAction SilentlyContinue -ErrorVariable fault
        $seen | Should -HaveCount 2
        $fault | Should -HaveCount 1
        $fault.FullyQualifiedErrorId | Should -Be 'InterfaceNotFound,EgressNet.Commands.GetNetAdapterCommand'
        $fault.TargetObject | Should -Be 'nope'
        "$fault" | Should -BeLike "*nope*$ns*"
    }

    It 'is an error for an index that is not there' {
        $fault = { Get-NetAdapter -InterfaceIndex 99999 -NetNamespace $ns -ErrorAction Stop } |
            Should -Throw -ErrorId 'InterfaceNotFound,*' -PassThru
        $fault.TargetObject | Should -Be 99999
    }

    It 'is silent for a wildcard that matches nothing' {
        Get-NetAdapter nope* -NetNamespace $ns -ErrorAction Stop | Should -BeNullOrEmpty
    }
}
